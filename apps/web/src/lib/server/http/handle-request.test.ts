import { expect, test } from 'vitest'
import * as m from '#lib/paraglide/messages.js'
import { createHandleRequest } from './handle-request.ts'

const PUBLIC_ORIGIN = 'https://event.example.kr'

interface Sent {
  headers?: Record<string, string>
  method?: string
  route?: string | null
  publicOrigin?: string | null
}

/** Sends one request through the pipeline and records what it logs and measures. */
async function send(
  address: string,
  respond: () => Response,
  { headers = {}, method = 'GET', route = '/e/[slug]', publicOrigin = PUBLIC_ORIGIN }: Sent = {},
) {
  const logged: { level: string; line: object }[] = []
  const measured: object[] = []
  const at = (level: string) => (line: object) => void logged.push({ level, line })
  const handle = createHandleRequest({
    log: { error: at('error'), warn: at('warn'), info: at('info'), trace: at('trace') },
    duration: { observe: (labels: object) => void measured.push(labels) },
    publicOrigin,
  })
  const url = new URL(address)
  let reached = false
  const response = await handle(new Request(url, { method, headers }), { url, route }, () => {
    reached = true
    return respond()
  })
  return { response, logged, measured, reached }
}

const page = () => new Response('page')

test('every response has the security headers, and belongs to one visitor unless it says otherwise', async () => {
  const { response } = await send('http://shop.example/e/cake', page)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    'cache-control': 'private, no-store',
  })
  const own = await send(
    'http://shop.example/',
    () => new Response('', { headers: { 'x-frame-options': 'SAMEORIGIN' } }),
  )
  expect(own.response.headers.get('x-frame-options')).toBe('SAMEORIGIN')
})

test('HSTS is sent over https only', async () => {
  const plain = await send('http://192.168.0.7:3000/', page)
  expect(plain.response.headers.has('strict-transport-security')).toBe(false)
  const secure = await send('https://shop.example/', page)
  expect(secure.response.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
})

test('the log line and the metric name the route, never the path, query or address', async () => {
  const { response, logged, measured } = await send('http://shop.example/e/cake?t=secret', page)
  const requestId = response.headers.get('x-request-id')
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(logged).toEqual([
    {
      level: 'info',
      line: { requestId, method: 'GET', route: '/e/[slug]', status: 200, ms: expect.any(Number) },
    },
  ])
  expect(measured).toEqual([{ method: 'GET', route: '/e/[slug]', status: 200 }])
})

test('a server error is logged as an error, a probe only as a trace, an unknown path as "none"', async () => {
  const failed = await send('http://shop.example/', () => new Response('', { status: 503 }))
  const probe = await send('http://shop.example/readyz', page, { route: '/readyz' })
  const unknown = await send('http://shop.example/no-such', page, { route: null })
  expect([failed, probe, unknown].map(({ logged }) => logged[0]?.level)).toEqual(['error', 'trace', 'info'])
  expect(unknown.measured).toEqual([{ method: 'GET', route: 'none', status: 200 }])
})

test('the language is `?lang=`, else the cookie, else Korean; a choice is remembered for a year', async () => {
  const text = () => new Response(m.error_not_found())
  const [ko, en] = [m.error_not_found({}, { locale: 'ko' }), m.error_not_found({}, { locale: 'en' })]
  const cookie = 'a=b; eungmo_lang=en'
  const first = await send('http://shop.example/', text)
  expect(await first.response.text()).toBe(ko)
  expect(first.response.headers.has('set-cookie')).toBe(false)

  const chosen = await send('http://shop.example/?lang=en', text)
  expect(await chosen.response.text()).toBe(en)
  expect(chosen.response.headers.get('set-cookie')).toBe(
    'eungmo_lang=en; Path=/; Max-Age=31536000; SameSite=Lax',
  )
  const later = await send('http://shop.example/', text, { headers: { cookie } })
  expect(await later.response.text()).toBe(en)
  const same = await send('https://shop.example/?lang=en', text, { headers: { cookie } })
  expect(same.response.headers.has('set-cookie')).toBe(false)
  const back = await send('https://shop.example/?lang=ko', text, { headers: { cookie } })
  expect(await back.response.text()).toBe(ko)
  expect(back.response.headers.get('set-cookie')).toContain(
    'eungmo_lang=ko; Path=/; Max-Age=31536000; SameSite=Lax; Secure',
  )
  const unknown = await send('http://shop.example/?lang=fr', text)
  expect(await unknown.response.text()).toBe(ko)
})

test('the first page follows Accept-Language, and the next pages follow it; without the header it is Korean', async () => {
  const [ko, en] = [m.error_not_found({}, { locale: 'ko' }), m.error_not_found({}, { locale: 'en' })]
  const text = () => new Response(m.error_not_found(), { headers: { 'content-type': 'text/html' } })
  for (const [acceptLanguage, expected] of [
    ['en-US,en;q=0.9', en],
    ['fr-FR, en;q=0.8, ko;q=0.5', en],
    ['ko-KR,ko;q=0.9,en-US;q=0.8', ko],
    ['ja', ko],
    ['*', ko],
    ['', ko],
    ['%%;q=', ko],
  ] as const) {
    const { response } = await send('http://shop.example/', text, {
      headers: { 'accept-language': acceptLanguage },
    })
    expect([acceptLanguage, await response.text()]).toEqual([acceptLanguage, expected])
    expect(response.headers.get('set-cookie')).toEqual(
      expected === en ? expect.stringContaining('eungmo_lang=en') : null,
    )
    expect(response.headers.get('vary')).toContain('accept-language')
  }
  const headers = { 'accept-language': 'en', cookie: 'eungmo_lang=ko' }
  const chosen = await send('http://shop.example/', text, { headers })
  expect(await chosen.response.text()).toBe(ko)
})

test.each([
  '/(customer)/e/[slug]/winners',
  '/(customer)/e/[slug]/privacy',
  '/(customer)/e/[slug]/card.png',
  '/(customer)/verify/[drawLogId]',
  '/(customer)/verify/[drawLogId]/certificate.png',
])('%s, which a CDN may store, is Korean whatever Accept-Language says', async (route) => {
  const text = () => new Response(m.error_not_found(), { headers: { 'cache-control': 'public, s-maxage=9' } })
  const headers = { 'accept-language': 'en' }
  const { response } = await send('http://shop.example/', text, { route, headers })
  expect(await response.text()).toBe(m.error_not_found({}, { locale: 'ko' }))
  expect([response.headers.get('vary'), response.headers.get('set-cookie')]).toEqual([null, null])
})

test('a response that sets a cookie is never stored by a CDN, and a choice of language sets none there', async () => {
  const withCookie = () =>
    new Response('', {
      headers: { 'cache-control': 'public, s-maxage=30', 'set-cookie': 'eungmo.session_token=1' },
    })
  const { response } = await send('http://shop.example/e/cake', withCookie)
  expect(response.headers.get('cache-control')).toBe('private, no-store')
  expect(response.headers.get('set-cookie')).toBe('eungmo.session_token=1')

  const stored = () => new Response('', { headers: { 'cache-control': 'public, s-maxage=30' } })
  const english = await send('http://shop.example/e/cake?lang=en', stored)
  expect(english.response.headers.get('cache-control')).toBe('public, s-maxage=30')
  expect(english.response.headers.has('set-cookie')).toBe(false)
})

test('a form that another site posts gets 403 in the visitor’s language and never reaches the page', async () => {
  const origin = 'http://evil.example'
  const form = await send('http://shop.example/e/cake?lang=en', page, { method: 'POST', headers: { origin } })
  expect(form.reached).toBe(false)
  expect(form.response.status).toBe(403)
  expect(form.response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await form.response.text()).toBe(m.error_foreign_origin({}, { locale: 'en' }))
  expect(form.response.headers.get('x-content-type-options')).toBe('nosniff')

  const headers = { origin, cookie: 's=1' }
  const api = await send('http://shop.example/api/v1/events', page, { method: 'POST', headers })
  expect(api.response.status).toBe(403)
  expect(await api.response.json()).toEqual({
    message: m.error_foreign_origin({}, { locale: 'ko' }),
    code: 'FORBIDDEN',
  })
})

test('a form from the public address is our own, and with PUBLIC_URL no other', async () => {
  const post = (origin: string) =>
    send('http://10.0.0.2:3000/e/cake', page, { method: 'POST', headers: { origin } })
  expect((await post(PUBLIC_ORIGIN)).response.status).toBe(200)
  expect((await post('http://10.0.0.2:3000')).response.status).toBe(403)
})

test('where https is in front and PUBLIC_URL is not set, page and log say so', async () => {
  const { response, logged } = await send('http://shop.example/e/cake?lang=en', page, {
    method: 'POST',
    headers: { origin: 'https://shop.example' },
    publicOrigin: null,
  })
  expect(response.status).toBe(403)
  expect(await response.text()).toContain('set PUBLIC_URL')
  expect(logged[0]?.level).toBe('warn')
})

test('what fails before the page runs is logged once and has every header', async () => {
  const fail = () => {
    throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
  }
  const api = await send('http://shop.example/api/v1/events', fail)
  expect([api.response.status, await api.response.json()]).toMatchObject([503, { code: 'UNAVAILABLE' }])
  expect(api.response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(api.response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(api.logged.map(({ level }) => level)).toEqual(['warn', 'error'])
  const form = await send('http://shop.example/admin', fail)
  expect([form.response.status, form.response.headers.get('content-type')]).toEqual([
    503,
    'text/plain; charset=utf-8',
  ])
})
