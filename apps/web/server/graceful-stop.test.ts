import { expect, test } from 'vitest'
import { shutdownRegistry } from '../src/lib/server/process/shutdown.ts'
import { gracefulStop } from './graceful-stop.ts'

test('stopping lets a running request finish, ends endless responses, then runs the hooks, last one first', async () => {
  const { stopping, hooks } = shutdownRegistry()
  const order: string[] = []
  const arrived = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const server = Bun.serve({
    port: 0,
    async fetch() {
      arrived.resolve()
      await release.promise
      order.push('responded')
      return new Response('done')
    },
  })
  stopping.signal.addEventListener('abort', () => order.push('stopping'))
  hooks.push(async () => void order.push('first hook'))
  hooks.push(async () => {
    order.push('second hook')
    throw new Error('relay stuck')
  })

  const text = fetch(server.url).then((response) => response.text())
  await arrived.promise
  const stopped = gracefulStop(server, 5_000)
  release.resolve()
  expect(await text).toBe('done')
  expect(await stopped).toEqual([new Error('relay stuck')])
  expect(order).toEqual(['stopping', 'responded', 'second hook', 'first hook'])
  await expect(fetch(server.url)).rejects.toThrow()
})
