import { LiveConnection } from './live-connection.ts'
import { initialState, type LiveState } from './live-state.ts'
import { trpcTransport } from './trpc-transport.ts'
import { FOLLOW_INTERVAL_MS, SILENCE_MS, type TabMessage, type WorkerMessage } from './worker-messages.ts'

export interface LiveFollower {
  /** Tries again at once where the counts are not live. */
  retry(): void
  leave(): void
}

/** A worker that has not replied by then cannot run here: its script may be gone after an update. */
const FIRST_REPLY_TIMEOUT_MS = 5_000

/**
 * Follows an event's counts: over the stream that all tabs of this browser share through a worker, or by
 * polling where there are no shared workers.
 */
export function followLive(eventId: string, listener: (state: LiveState) => void): LiveFollower {
  const worker = startWorker()
  return worker ? followByWorker(worker, eventId, listener) : followByPolling(eventId, listener)
}

function startWorker(): SharedWorker | null {
  if (!('SharedWorker' in window)) return null
  try {
    return new SharedWorker(new URL('./live-worker.ts', import.meta.url), { type: 'module' })
  } catch {
    // Private windows of some browsers forbid shared workers.
    return null
  }
}

function followByPolling(eventId: string, listener: (state: LiveState) => void): LiveFollower {
  const connection = new LiveConnection(trpcTransport, { streaming: false })
  const leave = connection.follow(eventId, listener)
  return { leave, retry: () => connection.retry() }
}

function followByWorker(
  worker: SharedWorker,
  eventId: string,
  listener: (state: LiveState) => void,
): LiveFollower {
  let state = initialState
  let polling: LiveFollower | undefined
  const post = (message: TabMessage) => worker.port.postMessage(message)
  const follow = () => post({ kind: 'follow', eventId })
  const stop = () => {
    clearTimeout(silence)
    clearInterval(heartbeat)
    post({ kind: 'leave' })
    worker.port.close()
  }
  const poll = () => {
    stop()
    polling ??= followByPolling(eventId, listener)
  }
  let silence = setTimeout(poll, FIRST_REPLY_TIMEOUT_MS)
  const heartbeat = setInterval(follow, FOLLOW_INTERVAL_MS)
  worker.addEventListener('error', poll)
  worker.port.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
    if (polling || data.eventId !== eventId) return
    clearTimeout(silence)
    silence = setTimeout(poll, SILENCE_MS)
    state = { ...state, ...data }
    listener(state)
  })
  worker.port.start()
  follow()
  return {
    retry: () => (polling ? polling.retry() : post({ kind: 'retry' })),
    leave() {
      if (polling) return polling.leave()
      stop()
    },
  }
}
