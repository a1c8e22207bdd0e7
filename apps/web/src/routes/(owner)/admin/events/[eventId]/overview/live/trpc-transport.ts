import { parseApiError } from '#lib/api-error.ts'
import { trpc } from '#lib/trpc.ts'
import type { Transport } from './live-connection.ts'

/** A stream whose first update takes longer is given up: a proxy may hold it back. */
const FIRST_UPDATE_TIMEOUT_MS = 10_000
const READ_TIMEOUT_MS = 10_000

/** Names this browser for as long as its worker runs. crypto.randomUUID() is missing over plain http. */
const browser = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
  byte.toString(16).padStart(2, '0'),
).join('')

/** Counts over the API. tRPC's own attempts to reconnect are cut off: a 502 ends them for good. */
export const trpcTransport: Transport = {
  open(eventIds, { onUpdate, onAlive, onEnd }) {
    let open = true
    const close = () => {
      open = false
      clearTimeout(timer)
      subscription.unsubscribe()
    }
    const end = () => {
      if (!open) return
      close()
      onEnd()
    }
    const timer = setTimeout(end, FIRST_UPDATE_TIMEOUT_MS)
    const subscription = trpc.analytics.live.subscribe(
      { eventIds, browser },
      {
        onStarted({ context }) {
          const { eventSource } = context ?? {}
          if (eventSource instanceof EventSource) eventSource.addEventListener('ping', onAlive)
        },
        onData(update) {
          clearTimeout(timer)
          if (open) onUpdate(update)
        },
        onConnectionStateChange({ error }) {
          if (error) end()
        },
        onError: end,
        onComplete: end,
      },
    )
    return close
  },

  async read(eventId) {
    // AbortSignal.timeout() is newer than the oldest engines.
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), READ_TIMEOUT_MS)
    try {
      return await trpc.analytics.get.query({ eventId }, { signal: late.signal })
    } finally {
      clearTimeout(timer)
    }
  },

  statusOf(error) {
    const { code } = parseApiError(error, '')
    if (code === 'UNAUTHENTICATED') return 'signed-out'
    return code === 'NOT_FOUND' || code === 'FORBIDDEN' ? 'no-access' : 'lost'
  },
}
