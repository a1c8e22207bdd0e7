import { connect } from 'node:net'
import { textStream } from '@eungmo/api/http/text-stream'
import { initTRPC } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { describe, expect, test } from 'vitest'
import { allowDownloadPauses } from './download-pauses.ts'

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

describe('a download', () => {
  const LINES = 'x'.repeat(64_000)
  const COUNT = 500

  /** Serves a download of 32 MB with an idle timeout of 4 s. */
  function serve() {
    const state = { produced: 0, ended: Promise.withResolvers<void>() }
    async function* chunks() {
      try {
        for (let n = 0; n < COUNT; n++) {
          await Bun.sleep(0)
          state.produced += LINES.length
          yield LINES
        }
      } finally {
        state.ended.resolve()
      }
    }
    const server = Bun.serve({
      port: 0,
      idleTimeout: 4,
      fetch(request, bun) {
        const onError = (error: unknown) => {
          throw error
        }
        const headers = { 'Content-Disposition': 'attachment' }
        return allowDownloadPauses(bun, request, new Response(textStream(chunks(), onError), { headers }), 40)
      },
    })
    const socket = connect(server.port ?? 0, '127.0.0.1')
    socket.pause()
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    return { state, server, socket }
  }

  test('waits for a reader who pauses longer than the idle timeout, and produces nothing meanwhile', async () => {
    const { state, server, socket } = serve()
    try {
      await Bun.sleep(9_000)
      expect(state.produced).toBeGreaterThan(0)
      expect(state.produced).toBeLessThan(MAX_BUFFERED_BYTES)
      let received = 0
      socket.on('data', (data) => (received += data.length))
      socket.resume()
      await new Promise((resolve) => socket.once('close', resolve))
      expect(received).toBeGreaterThan(COUNT * LINES.length)
    } finally {
      socket.destroy()
      await server.stop(true)
    }
  })

  test('ends when its reader is gone', async () => {
    const { state, server, socket } = serve()
    try {
      await expect.poll(() => state.produced).toBeGreaterThan(0)
      socket.destroy()
      await state.ended.promise
      expect(state.produced).toBeLessThan(MAX_BUFFERED_BYTES)
    } finally {
      await server.stop(true)
    }
  })
})
