import type { APIRequestContext } from '@playwright/test'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'
import { METRICS_TOKEN } from './support/stack-info.ts'

const ROUTE = '/(customer)/e/[slug]'

const entryOf = (more: Record<string, string> = {}) => ({
  submissionId: crypto.randomUUID(),
  name: '김하늘',
  phoneNumber: uniquePhoneNumber(),
  entryPath: 'SNS',
  privacyConsent: 'on',
  ...more,
})

/** Posts the form as a browser does, and does not follow the redirect. */
const post = (
  request: APIRequestContext,
  address: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
) => request.post(address, { form, maxRedirects: 0, headers: { accept: 'text/html,*/*;q=0.8', ...headers } })

/** How many requests of the form the metrics have counted, by status. */
async function counted(baseUrl: string): Promise<Record<string, number>> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` }
  const text = await (await fetch(`${baseUrl}/metrics`, { headers })).text()
  const counts: Record<string, number> = {}
  for (const line of text.split('\n')) {
    const [, route, status = '', count] =
      /^http_request_duration_seconds_count\{method="POST",route="([^"]+)",status="(\d+)"\} (\d+)/.exec(
        line,
      ) ?? []
    if (route === ROUTE) counts[status] = Number(count)
  }
  return counts
}

test('a stored entry and a rejected one pass the same pipeline, once each', async ({
  request,
  shop,
  stack,
}) => {
  const { slug, id } = await shop.createEvent()
  const before = await counted(stack.info.baseUrl)
  const stored = await post(request, `/e/${slug}?lang=en`, entryOf())
  const rejected = await post(request, `/e/${slug}?lang=en`, entryOf({ name: '' }))
  expect([stored.status(), rejected.status()]).toEqual([303, 400])
  expect(stored.headers().location).toBe(`/e/${slug}/done`)

  const own =
    /^(date|content-.*|x-request-id|location|set-cookie|etag|cache-control|link|vary|x-sveltekit-page)$/
  const shared = (headers: Record<string, string>) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !own.test(name)))
  expect(shared(stored.headers())).toEqual(shared(rejected.headers()))
  expect(stored.headers()['cache-control']).toBe('private, no-store')
  expect(shared(stored.headers())).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
  })
  for (const response of [stored, rejected])
    expect(response.headers()['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(rejected.headers()['content-security-policy']).toContain("script-src 'self'")

  const cookies = stored.headersArray().filter(({ name }) => name.toLowerCase() === 'set-cookie')
  const cookieOf = (name: string) => cookies.map(({ value }) => value).find((value) => value.startsWith(name))
  const attributes = (name: string) => new Set(cookieOf(name)?.toLowerCase().split('; ').slice(1))
  const scope = ['max-age=7200', `path=/e/${slug}`, 'samesite=lax']
  expect(attributes(`eungmo_done_${id}`)).toEqual(new Set([...scope, 'httponly']))
  expect(attributes(`eungmo_entered_${id}`)).toEqual(new Set(scope))
  expect(cookieOf('eungmo_lang')).toContain('eungmo_lang=en')

  const after = await counted(stack.info.baseUrl)
  expect((after[303] ?? 0) - (before[303] ?? 0)).toBe(1)
  expect((after[400] ?? 0) - (before[400] ?? 0)).toBe(1)
})

test('a rejected entry is rendered in the visitor’s language, with what was typed and its submission id', async ({
  request,
  shop,
}) => {
  const phoneNumber = uniquePhoneNumber()
  const { slug } = await shop.createEnteredEvent(phoneNumber)
  const form = entryOf({ name: 'Typed <Name>', phoneNumber })
  const cases = [
    [form, 409, 'You have already entered this event'],
    [
      { ...form, phoneNumber: uniquePhoneNumber(), consentVersion: '99' },
      409,
      'The privacy notice has changed',
    ],
    [{ ...form, phoneNumber: '010-12' }, 400, 'Please check the phone number'],
    [{ ...form, phoneNumber: uniquePhoneNumber(), entryPath: '없는 경로' }, 400, ''],
  ] as const
  for (const [sent, status, text] of cases) {
    const response = await post(request, `/e/${slug}?via=sns`, sent, { cookie: 'eungmo_lang=en' })
    const html = await response.text()
    expect(response.status()).toBe(status)
    expect(html).toContain('<html lang="en">')
    expect(html).toContain('Typed &lt;Name>')
    expect(html).toContain(form.submissionId)
    expect(html).toContain(text)
  }
})

test('what is no post of the form gets the status that SvelteKit has for it', async ({ request, shop }) => {
  const { slug } = await shop.createEvent()
  const unknown = await post(request, '/e/no-such-event', entryOf())
  expect(unknown.status()).toBe(404)
  const named = await post(request, `/e/${slug}?/other`, entryOf())
  expect(named.status()).toBe(404)
  const json = await request.post(`/e/${slug}`, { data: {}, headers: { accept: 'text/html' } })
  expect(json.status()).toBe(415)
  const malformed = await post(request, '/e/%E0%A4%A', entryOf())
  expect(malformed.status()).toBeGreaterThanOrEqual(400)
  expect(malformed.status()).toBeLessThan(500)
})

test('every spelling of the address enters', async ({ request, shop }) => {
  const { slug } = await shop.createEvent()
  const encoded = `%${slug.charCodeAt(0).toString(16)}${slug.slice(1)}`
  for (const address of [`/e/${encoded}`, `/%65/${slug}`, `/e/${slug}?sent=1`]) {
    const response = await post(request, address, entryOf())
    expect([response.status(), response.headers().location]).toEqual([303, `/e/${slug}/done`])
  }
})

test('an entry from the store’s QR code shows its visit bonus, and a wrong token none', async ({
  request,
  shop,
}) => {
  const { slug, id } = await shop.createEvent({ visitBonus: 2 })
  const { search, searchParams } = new URL(await shop.storeLink(id), 'http://store.example')
  const visitToken = searchParams.get('t') ?? ''
  const address = `/e/${slug}${search}`
  const stored = await post(request, address, entryOf({ visitToken, entryPath: '' }))
  expect(stored.status()).toBe(303)
  const done = await request.get(`/e/${slug}/done`)
  expect(await done.text()).toContain('응모권 3장')
  const wrong = await post(request, address, entryOf({ visitToken: 'wrong', entryPath: '' }))
  expect(wrong.status()).toBe(400)
})

test('behind a proxy that names another host, entries are stored and rejected alike', async ({
  request,
  shop,
  stack,
}) => {
  const { slug } = await shop.createEvent()
  const headers = { host: 'inside.example', origin: stack.info.baseUrl }
  const stored = await post(request, `/e/${slug}`, entryOf(), headers)
  expect(stored.status()).toBe(303)
  const rejected = await post(request, `/e/${slug}?lang=en`, entryOf({ name: '' }), headers)
  expect(rejected.status()).toBe(400)
  expect(await rejected.text()).toContain('value="SNS"')
  const forged = await post(request, `/e/${slug}`, entryOf(), { ...headers, origin: 'http://inside.example' })
  expect(forged.status()).toBe(403)
})
