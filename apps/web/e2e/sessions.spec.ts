import { connect } from '@eungmo/db/connection/client'
import { expect, test } from './support/fixtures.ts'
import { photo } from './support/picture-files.ts'
import { routePaths } from './support/route-paths.ts'

/** Sessions are renewed once a day; this one was last renewed two days ago. */
const DUE = '28 days'

test('no route that a CDN may store sets a cookie, though the session is due for renewal', async ({
  request,
  shop,
}) => {
  const { baseUrl, databaseUrl, ownerEmail, ownerPassword } = shop.stack
  const { sql, close } = connect(databaseUrl, { max: 1 })
  const event = await shop.createEvent()
  await shop.enter(event.id, '010-2345-6789')
  await shop.close(event.id)
  const { drawLogId } = await shop.draw(event.id, 1)
  const paths = routePaths({
    slug: event.slug,
    eventId: event.id,
    drawLogId,
    invitationId: 'none',
    provider: 'kakao',
    token: 'none',
    link: 'none',
    version: await shop.setPicture(event.id, await photo()),
    size: 'small',
    code: 'sns',
    path: 'events',
  }).filter(({ route }) => !route.includes('logout'))
  const signedIn = await request.post('/login', {
    form: { email: ownerEmail, password: ownerPassword },
    headers: { origin: baseUrl, accept: 'text/html' },
    maxRedirects: 0,
  })
  expect(signedIn.status()).toBe(303)
  const state = await request.storageState()
  const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')

  const renewed: string[] = []
  for (const { route, path } of paths) {
    for (const query of ['', '?lang=en']) {
      await sql`update sessions set expires_at = now() + ${DUE}::interval`
      const response = await fetch(baseUrl + path + query, { headers: { cookie }, redirect: 'manual' })
      await response.body?.cancel()
      const cookies = response.headers.getSetCookie()
      const cached = response.headers.get('cache-control') ?? ''
      expect(cookies.length > 0 && !/private|no-store/.test(cached), `${path}${query}: ${cached}`).toBe(false)
      if (cookies.some((each) => each.includes('session'))) renewed.push(route)
    }
  }
  await close()
  expect(renewed, 'the session was due').toContain('/(owner)/admin/events')
  expect(renewed.filter((route) => !/^\/(\(owner\)|api\/(trpc|v1))\//.test(route))).toEqual([])
})
