import { connect } from 'node:net'
import { initTRPC } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { expect, test } from 'vitest'

const UPDATE = 'x'.repeat(64_000)
/** Socket buffers of both sides take some; on loopback about 4 MB. */
const MAX_BUFFERED_BYTES = 16_000_000

test('a client that reads nothing stops the production of its updates, and is closed after the idle timeout', async () => {
  const { procedure, router } = initTRPC.create({ sse: { ping: { enabled: true, intervalMs: 100 } } })
  let produced = 0
  const ended = Promise.withResolvers<void>()
  const appRouter = router({
    live: procedure.subscription(async function* () {
      try {
        for (;;) {
          await Bun.sleep(0)
          produced += UPDATE.length
          yield UPDATE
        }
      } finally {
        ended.resolve()
      }
    }),
  })
  const server = Bun.serve({
    port: 0,
    // In seconds; Bun counts in steps of four.
    idleTimeout: 4,
    fetch: (req) => fetchRequestHandler({ endpoint: '', req, router: appRouter }),
  })
  const socket = connect(server.port ?? 0, '127.0.0.1')
  socket.pause()
  socket.write('GET /live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n')
  try {
    await ended.promise
    expect(produced).toBeGreaterThan(0)
    expect(produced).toBeLessThan(MAX_BUFFERED_BYTES)
  } finally {
    socket.destroy()
    await server.stop(true)
  }
})
