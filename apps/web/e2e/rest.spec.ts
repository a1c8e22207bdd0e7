import { expect, test } from './support/fixtures.ts'

test('a response of the API passes the HTTP pipeline: headers, language, request id', async ({
  request,
  shop,
}) => {
  const event = await shop.createEvent()
  const response = await request.get(`/api/v1/events/${event.id}`, { headers: { 'accept-language': 'en' } })
  expect(response.status()).toBe(200)
  expect(response.headers()).toMatchObject({
    'content-type': expect.stringContaining('application/json'),
    'cache-control': 'public, no-cache',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  expect(response.headers()['set-cookie']).toBeUndefined()
  const head = await request.head(`/api/v1/events/${event.id}`)
  expect([head.status(), await head.text()]).toEqual([200, ''])

  for (const [language, letters] of [
    ['en', /^[A-Za-z]/],
    ['ko', /^[가-힣]/],
  ] as const) {
    const unknown = await request.get(`/api/v1/events/${crypto.randomUUID()}`, {
      headers: { 'accept-language': language },
    })
    expect([unknown.status(), await unknown.json()]).toEqual([
      404,
      { code: 'NOT_FOUND', message: expect.stringMatching(letters) },
    ])
    expect(unknown.headers()['cache-control']).toBe('private, no-store')
  }
})

test('addresses and methods that the API does not have get its own errors', async ({ request }) => {
  const unknown = await request.get('/api/v1/no-such')
  expect([unknown.status(), (await unknown.json()).code]).toEqual([404, 'NOT_FOUND'])
  const malformed = await request.get('/api/v1/events/%E0%A4%A')
  expect([malformed.status(), (await malformed.json()).code]).toEqual([404, 'NOT_FOUND'])
  const method = await request.delete('/api/v1/participations')
  expect([method.status(), (await method.json()).code]).toEqual([405, 'METHOD_NOT_ALLOWED'])
  expect(method.headers().allow).toBe('POST')
})

test('a write with a cookie from another site gets 403, and a stranger 401', async ({ request, shop }) => {
  const event = await shop.createEvent()
  const address = `/api/v1/events/${event.id}/participants`
  const forged = await request.patch(`/api/v1/events/${event.id}`, {
    headers: { origin: 'http://evil.example', cookie: 'eungmo.session_token=x' },
    data: { title: '남의 제목' },
  })
  expect([forged.status(), (await forged.json()).code]).toEqual([403, 'FORBIDDEN'])
  const stranger = await request.get(address)
  expect(stranger.status()).toBe(401)
  expect(stranger.headers()['www-authenticate']).toBe('Bearer')
})
