import { type BeaconChain, roundAt, verifyBeacon } from '@eungmo/draw/beacon'
import { z } from 'zod'

/** Rounds by which a relay may lag behind the clock, or be ahead of it. */
const MAX_ROUND_DIFFERENCE = 3
const REQUEST_TIMEOUT_MS = 4_000
/** A round takes some hundred bytes. */
const MAX_RESPONSE_BYTES = 4_096

const beaconRound = z.object({ round: z.int().min(1), signature: z.string().regex(/^[0-9a-f]{96}$/) })
export type BeaconRound = z.infer<typeof beaconRound>

export interface RelayOptions {
  relays: readonly string[]
  chain: BeaconChain
  signal?: AbortSignal
}

/**
 * A round of the beacon, from the first relay that returns a signature which verifies against the pinned
 * chain; any other response counts as a failure of that relay.
 * @throws {AggregateError} when every relay fails
 */
export async function fetchRound(
  round: number | 'latest',
  { relays, chain, signal }: RelayOptions,
): Promise<BeaconRound> {
  const settled = new AbortController()
  const stop = AbortSignal.any([settled.signal, ...(signal ? [signal] : [])])
  try {
    return await Promise.any(relays.map((relay) => fetchFromRelay(relay, round, chain, stop)))
  } finally {
    settled.abort()
  }
}

async function fetchFromRelay(
  relay: string,
  round: number | 'latest',
  chain: BeaconChain,
  stop: AbortSignal,
): Promise<BeaconRound> {
  const address = `${relay.replace(/\/+$/, '')}/${chain.hash}/public/${round}`
  const response = await fetch(address, {
    signal: AbortSignal.any([stop, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    headers: { accept: 'application/json' },
    redirect: 'error',
  })
  if (!response.ok) throw new Error(`${relay} returned status ${response.status} for round ${round}`)
  const beacon = beaconRound.parse(JSON.parse(await readText(relay, response)))
  if (round !== 'latest' && beacon.round !== round)
    throw new Error(`${relay} returned round ${beacon.round} instead of ${round}`)
  if (!verifyBeacon(beacon.round, beacon.signature, chain))
    throw new Error(`${relay} returned an invalid signature for round ${beacon.round}`)
  return beacon
}

async function readText(relay: string, response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MAX_RESPONSE_BYTES) throw new Error(`${relay} returned more than ${MAX_RESPONSE_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/** Whether a relay's verified latest round is within 3 of the clock's. @param now the database's clock */
export async function isBeaconReachable(now: Date, options: RelayOptions): Promise<boolean> {
  const { relays, chain } = options
  const expected = roundAt(now.getTime(), chain)
  const checks = relays.map(async (relay) => {
    const { round } = await fetchRound('latest', { ...options, relays: [relay] })
    if (Math.abs(expected - round) > MAX_ROUND_DIFFERENCE)
      throw new Error(`${relay} is at round ${round}, not ${expected}`)
  })
  try {
    await Promise.any(checks)
    return true
  } catch {
    return false
  }
}
