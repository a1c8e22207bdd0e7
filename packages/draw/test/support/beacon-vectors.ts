import { roundAfter } from '../../src/beacon/beacon-chain.ts'
import { randomnessOf, verifyBeacon } from '../../src/beacon/drand.ts'
import { QUICKNET_ROUNDS } from './event-fixture.ts'
import { secondEncodings } from './second-encodings.ts'

/** Rounds that follow from times of locks. */
export function roundVectors() {
  return QUICKNET_ROUNDS.flatMap(({ lockAt }) =>
    [-3000, -2999, 0, 1].map((shift) => {
      const at = new Date(Date.parse(lockAt) + shift).toISOString()
      return { at, beaconDelay: 30, round: roundAfter(Date.parse(at), 30) }
    }),
  )
}

/** Signatures of the beacon, right and wrong. */
export function beaconVectors() {
  const [first, second] = QUICKNET_ROUNDS
  const positive = QUICKNET_ROUNDS.map(({ round, signature }) => ({ what: 'right', round, signature }))
  const negated =
    (0x20 ^ Number.parseInt(first.signature.slice(0, 2), 16)).toString(16) + first.signature.slice(2)
  const negative = [
    { what: 'another round', round: second.round, signature: first.signature },
    { what: 'the round after', round: first.round + 1, signature: first.signature },
    { what: 'the negated point', round: first.round, signature: negated },
    { what: 'upper case', round: first.round, signature: first.signature.toUpperCase() },
    { what: 'infinity', round: first.round, signature: `c0${'00'.repeat(47)}` },
    { what: 'outside the subgroup', round: first.round, signature: `80${'00'.repeat(46)}04` },
    { what: 'no point', round: first.round, signature: 'ff'.repeat(48) },
    ...QUICKNET_ROUNDS.flatMap(({ round, signature }) =>
      secondEncodings(signature).map(([what, encoding]) => ({ what, round, signature: encoding })),
    ),
  ]
  return [...positive, ...negative].map((vector) => {
    const valid = verifyBeacon(vector.round, vector.signature)
    return { ...vector, valid, randomness: valid ? randomnessOf(vector.signature) : null }
  })
}
