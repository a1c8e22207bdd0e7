import { openLink } from './statement-link.ts'

/** Woken when rows wait in the outbox. */
export const outboxChannel = 'eungmo_outbox'
/** Woken when counts changed; the payload names event ids, comma-separated, or is empty for "read everything again". */
export const countsChannel = 'eungmo_counts'

export interface Notifier {
  /** Asks for a NOTIFY that names `ids`; returns at once. */
  notify(ids?: readonly string[]): void
  close(): Promise<void>
}

const INTERVAL = 10
/** Postgres refuses payloads of 8,000 bytes. */
const MAX_PAYLOAD = 7_900

/**
 * Sends at most one NOTIFY per 10 ms, on a connection of its own, so that writes never pay for it. Lost notifications go to
 * `onError` and no further: whoever listens also polls.
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
        await link.run('select pg_notify($1, $2)', [channel, payload.length > MAX_PAYLOAD ? '' : payload])
      } catch (error) {
        onError(error)
      }
      await new Promise((resolve) => setTimeout(resolve, INTERVAL))
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
