import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from './support/fixtures.ts'

const routes = join(dirname(fileURLToPath(import.meta.url)), '../src/routes')

/** Every address of the site that has a parameter, with `[name]` as in its folder. */
const patterns = [
  ...new Set(
    readdirSync(routes, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(^|\/)\+(page.*\.svelte|server\.ts)$/.test(file))
      .map((file) => `/${dirname(file)}`.replace(/\/\([^)]+\)/g, ''))
      .filter((pattern) => pattern.includes('[')),
  ),
]

const hostile = [
  '%00',
  'a%00b',
  '%ED%A0%80',
  '%E0%A4%A',
  '..%2F..%2F',
  '%0D%0Aset-cookie:%20a=b',
  'x'.repeat(3_000),
  '%F0%9F%8E%81',
]

test('no parameter of any route makes the server fail, signed in or not', async ({ request, shop }) => {
  expect(patterns.length).toBeGreaterThan(20)
  const headers = { cookie: await shop.sessionCookie() }
  for (const pattern of patterns) {
    for (const value of hostile) {
      const address = pattern.replace(/\[[^\]]+\]/g, value)
      for (const options of [{}, { headers }]) {
        const response = await request.get(address, { ...options, maxRedirects: 0 })
        expect.soft(response.status(), `${pattern} with ${value.slice(0, 20)}`).toBeLessThan(500)
        expect.soft(response.headers()['set-cookie'] ?? '').not.toContain('a=b')
      }
    }
  }
})

test('an address that nothing can have is 404, and broken extras of a link are ignored', async ({
  request,
  shop,
}) => {
  for (const page of [
    '/e/%00',
    '/e/%00/winners',
    '/e/a%00b/check',
    '/e/%00/done',
    '/e/%00/opening.ics',
    '/verify/%00',
  ])
    expect((await request.get(page)).status(), page).toBe(404)
  for (const file of ['/verify/x/entries.csv', '/verify/%00/entries.csv', '/join/%00'])
    expect((await request.get(file)).status(), file).toBe(404)
  const { slug } = await shop.createEvent()
  for (const extra of ['via=%00', 'via=%00&t=%00', `via=${'x'.repeat(500)}`, 't=%ED%A0%80'])
    expect((await request.get(`/e/${slug}?${extra}`)).status(), extra).toBe(200)
})

test('a body that is no form, and texts that cannot be stored, are errors of the sender', async ({
  request,
  shop,
  baseURL,
}) => {
  const { slug } = await shop.createEvent()
  const headers = { origin: baseURL ?? '' }
  const broken = await request.post(`/e/${slug}`, {
    headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
    data: 'no form',
  })
  expect(broken.status()).toBe(400)
  const nul = {
    name: '김\0',
    shopName: '가게\r이름\0',
    email: 'a\0@b.example',
    password: 'long enough\0',
    id: '\0',
  }
  for (const path of [
    `/e/${slug}`,
    `/e/${slug}/check?/number`,
    `/e/${slug}/check?/receipt`,
    '/sign-up',
    '/login',
  ]) {
    const response = await request.post(path, { headers, form: nul, maxRedirects: 0 })
    expect.soft(response.status(), path).toBeLessThan(500)
  }
})

test('an address that begins with two slashes leads to a page of ours, never to another site', async ({
  stack,
}) => {
  for (const path of ['//evil.example/', '///evil.example/?a=1']) {
    const response = await fetch(`${stack.info.baseUrl}${path}`, { redirect: 'manual' })
    expect(response.status, path).toBe(308)
    expect(response.headers.get('location')).toBe(path.replace(/^\/+/, '/'))
  }
})

test('a Host that is no name gets 400', async ({ stack }) => {
  for (const host of ['', '[x', '%zz', 'a b', 'a:99999'])
    expect(await firstLine(stack.info.baseUrl, host), host).toBe('HTTP/1.1 400 Bad Request')
})

/** The status line of a request with a Host header that fetch would not send. */
async function firstLine(baseUrl: string, host: string): Promise<string | undefined> {
  const { hostname, port } = new URL(baseUrl)
  const socket = connect(Number(port), hostname)
  socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk)
  return Buffer.concat(chunks).toString().split('\r\n')[0]
}
