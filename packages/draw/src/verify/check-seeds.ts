import type { BeaconChain } from '../beacon/beacon-chain.ts'
import { drawSeed } from '../records/draw-seed.ts'
import { opensCommitment } from '../records/seed-chain.ts'
import type { Attempt } from './attempts.ts'
import { CheckError } from './check-error.ts'

/** Each revealed secret opens the commitment before it; a lost one stays lost, and needs a beacon. */
export function checkSeedChain(attempts: readonly Attempt[]): void {
  let commitment = attempts[0]?.rules.seedCommitment ?? null
  for (const { lock, rules } of attempts) {
    if (lock.serverSeed === null) {
      if (rules.beacon === 'none') {
        throw new CheckError(`lock ${lock.attempt} has neither a server seed nor a beacon`)
      }
    } else if (commitment === null) {
      throw new CheckError(`lock ${lock.attempt} has a server seed after an earlier one was lost`)
    } else if (!opensCommitment(lock.eventId, commitment, lock.serverSeed)) {
      throw new CheckError(`the server seed of lock ${lock.attempt} is not the committed one`)
    }
    commitment = lock.serverSeed
  }
}

/** Each seed is the hash of lock, secret and beacon. */
export function checkSeeds(attempts: readonly Attempt[], chain: BeaconChain): void {
  for (const { lock, result } of attempts) {
    if (result === null) continue
    const { round } = lock
    const { signature } = result
    const beacon = round === null || signature === null ? null : { chainHash: chain.hash, round, signature }
    if (drawSeed({ ...lock, beacon }) !== result.seed) {
      throw new CheckError(`the seed in result ${result.attempt} is not the one that lock and beacon give`)
    }
  }
}
