import type { Analytics } from '../analytics-view.ts'
import { LiveConnection } from './live-connection.ts'
import type { LiveState } from './live-state.ts'
import { trpcTransport } from './trpc-transport.ts'
import { SILENCE_MS, type TabMessage, type WorkerMessage } from './worker-messages.ts'

// A shared worker: all tabs of this browser have one stream, since a browser opens six connections at most to
// a server over HTTP/1.1.

const connection = new LiveConnection(trpcTransport, { streaming: true })
self.addEventListener('online', () => connection.retry())

self.addEventListener('connect', (event) => {
  if (!(event instanceof MessageEvent)) return
  const [port] = event.ports
  if (port) serve(port)
})

function serve(port: MessagePort): void {
  let following: { eventId: string; leave: () => void } | undefined
  let sent: Analytics | null | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  const leave = () => {
    clearTimeout(silence)
    following?.leave()
    following = undefined
    sent = undefined
  }
  const follow = (eventId: string) => {
    if (following?.eventId !== eventId) leave()
    clearTimeout(silence)
    silence = setTimeout(leave, SILENCE_MS)
    const listener = ({ analytics, status, checkedAt }: LiveState) => {
      const isNew = analytics !== sent
      sent = analytics
      const message: WorkerMessage = { eventId, status, checkedAt, ...(isNew && { analytics }) }
      port.postMessage(message)
    }
    // Following again replies with the state.
    const before = following
    following = { eventId, leave: connection.follow(eventId, listener) }
    before?.leave()
  }
  port.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
    if (data.kind === 'follow') follow(data.eventId)
    else if (data.kind === 'leave') leave()
    else connection.retry()
  })
  port.start()
}
