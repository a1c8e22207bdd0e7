import { expect, test } from 'vitest'
import { shutdownRegistry } from '../src/lib/server/process/shutdown.ts'
import { closingWhenDraining, gracefulStop } from './graceful-stop.ts'

test('a server that drains serves requests and closes their connections, and stops when the drain is skipped', async () => {
  const { draining, stopping, hooks } = shutdownRegistry()
  const order: string[] = []
  const arrived = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const server = Bun.serve({
    port: 0,
    async fetch(request) {
      if (new URL(request.url).pathname === '/slow') {
        arrived.resolve()
        await release.promise
        order.push('responded')
      }
      return closingWhenDraining(new Response('done'))
    },
  })
  draining.signal.addEventListener('abort', () => order.push('draining'))
  stopping.signal.addEventListener('abort', () => order.push('stopping'))
  hooks.push(async () => void order.push('first hook'))
  hooks.push(async () => {
    order.push('second hook')
    throw new Error('relay stuck')
  })

  expect((await fetch(server.url)).headers.get('connection')).not.toBe('close')
  const drain = new AbortController()
  const stopped = gracefulStop(server, { drainMs: 600_000, timeoutMs: 30_000, skipDrain: drain.signal })
  const response = await fetch(server.url)
  expect(response.status).toBe(200)
  expect(response.headers.get('connection')).toBe('close')

  const text = fetch(new URL('/slow', server.url)).then((slow) => slow.text())
  await arrived.promise
  drain.abort()
  await expect.poll(() => order).toContain('stopping')
  release.resolve()
  expect(await text).toBe('done')
  expect(await stopped).toEqual([new Error('relay stuck')])
  expect(order).toEqual(['draining', 'stopping', 'responded', 'second hook', 'first hook'])
  await expect(fetch(server.url)).rejects.toThrow()
})

test('a drain ends by itself, and a running request that takes too long is cut off', async () => {
  const arrived = Promise.withResolvers<void>()
  const server = Bun.serve({
    port: 0,
    async fetch() {
      arrived.resolve()
      return new Promise<Response>(() => {})
    },
  })
  const cutOff = expect(fetch(server.url)).rejects.toThrow()
  await arrived.promise
  await gracefulStop(server, { drainMs: 1, timeoutMs: 1 })
  await cutOff
})
