import { readClock } from '@eungmo/db/queries/clock'
import type { Dependencies } from '../dependencies.ts'
import { isBeaconReachable } from './beacon-relays.ts'

/** Whether a public beacon can be offered now; the publish screen presets its switch by it. */
export async function readBeaconStatus({
  db,
  drandRelays,
  beaconChain,
}: Pick<Dependencies, 'db' | 'drandRelays' | 'beaconChain'>): Promise<{ reachable: boolean }> {
  const now = await readClock(db)
  return { reachable: await isBeaconReachable(now, { relays: drandRelays, chain: beaconChain }) }
}
