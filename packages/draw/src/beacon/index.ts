export { type BeaconChain, QUICKNET, roundAfter, roundAt, roundTime } from './beacon-chain.ts'
export { randomnessOf, verifyBeacon } from './drand.ts'
