import { type BeaconChain, roundAt, verifyBeacon } from '@eungmo/draw/beacon'
import { z } from 'zod'

/** Rounds by which a relay may be behind, or ahead of, the clock before a lock. */
const TOLERANCE = 3
const ANSWER_LIMIT = 4_000

const answer = z.object({ round: z.int().min(1), signature: z.string().regex(/^[0-9a-f]{96}$/) })
export type BeaconRound = z.infer<typeof answer>

export interface RelayOptions {
  relays: readonly string[]
  chain: BeaconChain
  signal?: AbortSignal
}

/**
 * A round of the beacon, from whichever relay answers first with a signature that verifies against the pinned chain; a lying relay counts
 * as one that did not answer. Throws AggregateError when none does.
 */
export async function fetchRound(
  round: number | 'latest',
  { relays, chain, signal }: RelayOptions,
): Promise<BeaconRound> {
  const won = new AbortController()
  const stop = AbortSignal.any([won.signal, ...(signal ? [signal] : [])])
  try {
    return await Promise.any(relays.map((relay) => askRelay(relay, round, chain, stop)))
  } finally {
    won.abort()
  }
}

async function askRelay(
  relay: string,
  round: number | 'latest',
  chain: BeaconChain,
  stop: AbortSignal,
): Promise<BeaconRound> {
  const address = `${relay.replace(/\/+$/, '')}/${chain.hash}/public/${round}`
  const response = await fetch(address, {
    signal: AbortSignal.any([stop, AbortSignal.timeout(ANSWER_LIMIT)]),
    headers: { accept: 'application/json' },
  })
  if (!response.ok) throw new Error(`${relay} answered ${response.status} for round ${round}`)
  const beacon = answer.parse(await response.json())
  if (round !== 'latest' && beacon.round !== round)
    throw new Error(`${relay} answered round ${beacon.round} for round ${round}`)
  if (!verifyBeacon(beacon.round, beacon.signature, chain))
    throw new Error(`${relay} answered a signature that is not of round ${beacon.round}`)
  return beacon
}

/** Whether a relay's verified latest round is within 3 of the clock's. @param now the database's clock */
export async function isBeaconReachable(now: Date, options: RelayOptions): Promise<boolean> {
  const { relays, chain } = options
  const expected = roundAt(now.getTime(), chain)
  const asked = relays.map(async (relay) => {
    const { round } = await fetchRound('latest', { ...options, relays: [relay] })
    if (Math.abs(expected - round) > TOLERANCE)
      throw new Error(`${relay} is at round ${round}, not ${expected}`)
  })
  try {
    await Promise.any(asked)
    return true
  } catch {
    return false
  }
}
