import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from './support/fixtures.ts'
import { photo } from './support/picture-files.ts'
import type { ShopClient, TestEvent } from './support/shop-client.ts'

const BOUNDARY = 'boundary-of-the-test'
const PIECES = 20
const PAUSE_MS = 100

async function open(shop: ShopClient, event: TestEvent, length: number) {
  const { baseUrl } = shop.stack
  const sent = request(`${baseUrl}/admin/events/${event.id}/picture?/save`, {
    method: 'POST',
    headers: {
      cookie: await shop.sessionCookie(),
      origin: baseUrl,
      accept: 'text/html',
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'content-length': length,
    },
  })
  const response = once(sent, 'response').then(([received]: IncomingMessage[]) => received?.statusCode)
  return { sent, response }
}

test('a picture that a slow line sends in pieces arrives', async ({ shop }) => {
  const event = await shop.createEvent()
  const part = (name: string, more = '') =>
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n`
  const body = Buffer.concat([
    Buffer.from(`${part('altText')}딸기 케이크\r\n${part('picture', '; filename="cake.jpg"')}`),
    await photo(),
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ])
  const { sent, response } = await open(shop, event, body.length)
  const size = Math.ceil(body.length / PIECES)
  for (let at = 0; at < body.length; at += size) {
    sent.write(body.subarray(at, at + size))
    await setTimeout(PAUSE_MS)
  }
  sent.end()
  expect(await response).toBe(303)
})

test('a form that declares more than a picture may have is rejected before it is sent', async ({ shop }) => {
  const { sent, response } = await open(shop, await shop.createEvent(), 8_016_001)
  sent.flushHeaders()
  expect(await response).toBe(413)
  sent.destroy()
})
