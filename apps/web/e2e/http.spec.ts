import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { expect, test } from './support/fixtures.ts'
import { METRICS_TOKEN } from './support/stack-info.ts'

test('every page has security headers, and injected scripts do not run', async ({ page, shop }) => {
  const event = await shop.createEvent()
  const response = await page.goto(`/e/${event.slug}`)
  const headers = response?.headers() ?? {}
  expect(headers['content-security-policy']).toContain("default-src 'self'")
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['cache-control']).toBe('private, no-cache')
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.injected = true'
    document.body.append(script)
    return 'injected' in window
  })
  expect(ran).toBe(false)
})

test('a form posted by another site gets 403', async ({ request, shop }) => {
  const event = await shop.createEvent()
  const response = await request.post(`/e/${event.slug}`, {
    headers: { origin: 'http://evil.example' },
    form: { name: '김하늘', phoneNumber: '010-1234-5678', entryPath: 'SNS', privacyConsent: 'on' },
  })
  expect(response.status()).toBe(403)
  expect((await shop.participants(event.id)).items).toHaveLength(0)
})

test('a body that is too long gets 413 with JSON, and build files are cached as immutable', async ({
  request,
  page,
}) => {
  const response = await request.post('/api/v1/participations', {
    headers: { 'content-type': 'application/json' },
    data: JSON.stringify({ name: 'x'.repeat(200_000) }),
  })
  expect(response.status()).toBe(413)
  expect(await response.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })

  await page.goto('/e/there-is-no-such-event')
  const style = await page.locator('link[rel=stylesheet]').first().getAttribute('href')
  const file = await request.get(new URL(style ?? '', page.url()).href, {
    headers: { 'accept-encoding': 'br' },
  })
  expect(file.headers()['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(file.headers()['content-encoding']).toBe('br')
})

test('health, readiness and metrics respond', async ({ request }) => {
  expect(await (await request.get('/healthz')).text()).toBe('ok')
  expect(await (await request.get('/readyz')).json()).toEqual({ ready: true })
  expect((await request.get('/metrics')).status()).toBe(401)
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` }
  expect(await (await request.get('/metrics', { headers })).text()).toContain(
    'http_request_duration_seconds_bucket',
  )
})

/** A response to a request with any Host header, which fetch does not allow. */
const getAsHost = (address: string, host: string) =>
  new Promise<string>((resolve, reject) => {
    get(address, { headers: { host } }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => resolve(text))
    }).on('error', reject)
  })

test('a calendar file links to PUBLIC_URL, whatever host the request names', async ({ shop }) => {
  const later = (hours: number) => new Date(Date.now() + hours * 3_600_000)
  const { slug } = await shop.createEvent({
    startsAt: later(1),
    endsAt: later(2),
    announcementDate: later(3),
  })
  const { baseUrl } = shop.stack
  for (const [file, page] of [
    ['opening.ics', ''],
    ['announcement.ics', '/winners'],
  ]) {
    const text = await getAsHost(`${baseUrl}/e/${slug}/${file}`, 'evil.example')
    expect(text.replaceAll('\r\n ', '')).toMatch(new RegExp(`^URL.*:${baseUrl}/e/${slug}${page}\r$`, 'm'))
    expect(text).not.toContain('evil.example')
  }
})

test('X-Forwarded-For from a sender that is no proxy of ours is counted, and warned of once', async ({
  request,
  shop,
}) => {
  for (let n = 0; n < 3; n++)
    expect((await request.get('/healthz', { headers: { 'x-forwarded-for': '6.6.6.6' } })).ok()).toBe(true)
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` }
  const metrics = await (await request.get('/metrics', { headers })).text()
  expect(Number(/^eungmo_forwarded_ignored_total (\d+)/m.exec(metrics)?.[1])).toBeGreaterThanOrEqual(3)
  const log = readFileSync(join(shop.stack.logDirectory, 'web.log'), 'utf8')
  expect(log.match(/X-Forwarded-For was ignored/g)).toHaveLength(1)
})
