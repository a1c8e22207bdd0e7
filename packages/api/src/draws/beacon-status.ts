import { shareFor } from '@eungmo/db/timing/share-for'
import { isBeaconReachable, type RelayOptions } from './beacon-relays.ts'

/** Whether a public beacon can be offered; the publish screen presets its switch by it. */
export interface BeaconStatus {
  /** As checked at most `maxAgeMs` ago. */
  isReachable(): Promise<boolean>
}

/**
 * Checks the relays at most once in `maxAgeMs`, however often the status is read: a check takes two requests
 * and two signature checks of 15 ms.
 * @param readNow the database's clock, which draws go by
 */
export function createBeaconStatus(
  readNow: () => Promise<Date>,
  { maxAgeMs, ...options }: Pick<RelayOptions, 'relays' | 'chain'> & { maxAgeMs: number },
): BeaconStatus {
  const isReachable = shareFor(maxAgeMs, async () => isBeaconReachable(await readNow(), options))
  return { isReachable }
}
