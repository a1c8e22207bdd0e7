import { pause } from '../timing/pause.ts'
import { openLink } from './statement-link.ts'

/** Notified when rows wait in the outbox. */
export const OUTBOX_CHANNEL = 'eungmo_outbox'
/**
 * Notified when counts changed. The payload is a comma-separated list of event ids, or empty for "read
 * everything again".
 */
export const COUNTS_CHANNEL = 'eungmo_counts'

export interface Notifier {
  /** Queues a NOTIFY that names `ids` and returns at once. */
  notify(ids?: readonly string[]): void
  close(): Promise<void>
}

const MIN_INTERVAL_MS = 10
/** PostgreSQL rejects payloads of 8,000 bytes and more. */
const MAX_PAYLOAD_BYTES = 7_900

/**
 * Sends at most one NOTIFY per 10 ms, on a connection of its own, so that writes never pay for it. A failed
 * notification is passed to `onError` and dropped: listeners also poll.
 */
export function createNotifier(
  url: string,
  channel: string,
  { onError = () => undefined }: { onError?: (error: unknown) => void } = {},
): Notifier {
  const link = openLink(url, { name: `eungmo notify ${channel}`, timeout: 3_000 })
  let waiting: Set<string> | null = null
  let sending: Promise<void> | null = null
  let closed = false

  async function drain(): Promise<void> {
    while (waiting) {
      const payload = [...waiting].join(',')
      waiting = null
      try {
        await link.run('select pg_notify($1, $2)', [
          channel,
          payload.length > MAX_PAYLOAD_BYTES ? '' : payload,
        ])
      } catch (error) {
        onError(error)
      }
      await pause(MIN_INTERVAL_MS)
    }
    sending = null
  }

  return {
    notify(ids = []) {
      if (closed) return
      waiting ??= new Set()
      for (const id of ids) waiting.add(id)
      sending ??= drain()
    },
    async close() {
      closed = true
      await sending
      await link.close()
    },
  }
}
