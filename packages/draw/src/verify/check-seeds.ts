import type { BeaconChain } from '../beacon/beacon-chain.ts'
import { roundAfter } from '../beacon/beacon-chain.ts'
import { verifyBeacon } from '../beacon/drand.ts'
import { drawSeed } from '../records/draw-seed.ts'
import { opensCommitment } from '../records/seed-chain.ts'
import type { Attempt } from './attempts.ts'
import { CheckError } from './verification.ts'

/** Each revealed secret opens the commitment of the one before; a lost one stays lost, and needs a beacon. */
export function checkSeedChain(attempts: readonly Attempt[]): void {
  let commitment = attempts[0]?.rules.seedCommitment ?? null
  for (const { lock, rules } of attempts) {
    if (lock.serverSeed === null) {
      if (rules.beacon === 'none')
        throw new CheckError(`lock ${lock.attempt} has neither a server seed nor a beacon`)
    } else if (commitment === null) {
      throw new CheckError(`lock ${lock.attempt} has a server seed after an earlier one was lost`)
    } else if (!opensCommitment(lock.eventId, commitment, lock.serverSeed)) {
      throw new CheckError(`the server seed of lock ${lock.attempt} is not the committed one`)
    }
    commitment = lock.serverSeed
  }
}

/** Each lock names the round that follows from its time and the rules, and none without a beacon. */
export function checkRounds(attempts: readonly Attempt[], chain: BeaconChain): void {
  for (const { lock, rules } of attempts) {
    const due = rules.beacon === 'none' ? null : dueRound(lock.at, rules.beaconDelay, chain)
    if (lock.round !== due) {
      throw new CheckError(
        `lock ${lock.attempt} names round ${lock.round ?? 'none'}, and its time and rules give ${due ?? 'none'}`,
      )
    }
  }
}

function dueRound(at: string, delay: number, chain: BeaconChain): number {
  try {
    return roundAfter(Date.parse(at), delay, chain)
  } catch (error) {
    throw new CheckError((error as Error).message, { cause: error })
  }
}

/** Each result carries its round's signature by the pinned chain, in its one encoding. */
export function checkBeaconSignatures(attempts: readonly Attempt[], chain: BeaconChain): void {
  for (const { lock, result } of attempts) {
    if (result === null) continue
    const { signature, attempt } = result
    if (lock.round === null && signature !== null)
      throw new CheckError(`result ${attempt} has a signature and no beacon`)
    if (lock.round === null) continue
    if (signature === null)
      throw new CheckError(`result ${attempt} lacks the signature of round ${lock.round}`)
    if (!verifyBeacon(lock.round, signature, chain)) {
      throw new CheckError(
        `the signature in result ${attempt} is not ${chain.name}'s for round ${lock.round}`,
      )
    }
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
