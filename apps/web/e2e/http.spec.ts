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
