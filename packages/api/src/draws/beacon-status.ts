import { isBeaconReachable, type RelayOptions } from './beacon-relays.ts'

/** Whether a public beacon can be offered; the publish screen presets its switch by it. */
export interface BeaconStatus {
  /** As checked at most `maxAgeMs` ago. */
  isReachable(): Promise<boolean>
}

/**
 * Checks the relays at most once in `maxAgeMs`, however often the status is read: a check takes two requests
 * and two signature checks of 15 ms. Requests that arrive during a check share it.
 * @param readNow the database's clock, which draws go by
 */
export function createBeaconStatus(
  readNow: () => Promise<Date>,
  { maxAgeMs, ...options }: Pick<RelayOptions, 'relays' | 'chain'> & { maxAgeMs: number },
): BeaconStatus {
  let latest: { at: number; result: Promise<boolean> } | null = null
  const check = async () => isBeaconReachable(await readNow(), options)
  return {
    isReachable() {
      const now = performance.now()
      if (latest && now - latest.at < maxAgeMs) return latest.result
      const started = { at: now, result: check() }
      latest = started
      // A failed read of the clock is not remembered.
      started.result.catch(() => {
        if (latest === started) latest = null
      })
      return started.result
    },
  }
}
