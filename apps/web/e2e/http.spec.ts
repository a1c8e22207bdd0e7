import { expect, test } from './support/fixtures.ts'

test('every page carries its security headers, and its scripts are the only ones that run', async ({
  page,
  shop,
}) => {
  const event = await shop.event()
  const answer = await page.goto(`/e/${event.slug}`)
  const headers = answer?.headers() ?? {}
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

test('a form that another site posts is refused', async ({ request, shop }) => {
  const event = await shop.event()
  const answer = await request.post(`/e/${event.slug}`, {
    headers: { origin: 'http://evil.example' },
    form: { name: '김하늘', phoneNumber: '010-1234-5678', entryPath: 'SNS', privacyConsent: 'on' },
  })
  expect(answer.status()).toBe(403)
  expect((await shop.participants(event.id)).items).toHaveLength(0)
})

test('a body that is too long is 413 with JSON, and files of the build are kept for ever', async ({
  request,
  page,
}) => {
  const answer = await request.post('/api/v1/participations', {
    headers: { 'content-type': 'application/json' },
    data: JSON.stringify({ name: 'x'.repeat(200_000) }),
  })
  expect(answer.status()).toBe(413)
  expect(await answer.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })

  await page.goto('/e/there-is-no-such-event')
  const style = await page.locator('link[rel=stylesheet]').first().getAttribute('href')
  const file = await request.get(new URL(style ?? '', page.url()).href, {
    headers: { 'accept-encoding': 'br' },
  })
  expect(file.headers()['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(file.headers()['content-encoding']).toBe('br')
})

test('health, readiness and metrics answer', async ({ request }) => {
  expect(await (await request.get('/healthz')).text()).toBe('ok')
  expect(await (await request.get('/readyz')).json()).toEqual({ ready: true })
  expect(await (await request.get('/metrics')).text()).toContain('http_request_duration_seconds_bucket')
})
