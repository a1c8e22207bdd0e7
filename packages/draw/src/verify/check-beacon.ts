import { type BeaconChain, roundAfter } from '../beacon/beacon-chain.ts'
import { verifyBeacon } from '../beacon/drand.ts'
import type { Attempt } from './attempts.ts'
import { asCheck, CheckError } from './check-error.ts'

/** Each lock has the round that follows from its time and the rules, and none without a beacon. */
export function checkRounds(attempts: readonly Attempt[], chain: BeaconChain): void {
  for (const { lock, rules } of attempts) {
    const due =
      rules.beacon === 'none'
        ? null
        : asCheck(() => roundAfter(Date.parse(lock.at), rules.beaconDelay, chain))
    if (lock.round !== due) {
      const [found, expected] = [lock.round ?? 'none', due ?? 'none']
      throw new CheckError(
        `lock ${lock.attempt} names round ${found}, but its time and rules give ${expected}`,
      )
    }
  }
}

/** Each result has its round's signature by the pinned chain, in its only encoding. */
export function checkBeaconSignatures(attempts: readonly Attempt[], chain: BeaconChain): void {
  for (const { lock, result } of attempts) {
    if (result === null) continue
    const { signature, attempt } = result
    if (lock.round === null && signature !== null) {
      throw new CheckError(`result ${attempt} has a signature and no beacon`)
    }
    if (lock.round === null) continue
    if (signature === null) {
      throw new CheckError(`result ${attempt} lacks the signature of round ${lock.round}`)
    }
    if (!verifyBeacon(lock.round, signature, chain)) {
      throw new CheckError(
        `the signature in result ${attempt} is not ${chain.name}'s for round ${lock.round}`,
      )
    }
  }
}
