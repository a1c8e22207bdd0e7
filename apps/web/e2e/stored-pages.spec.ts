import type { APIRequestContext } from '@playwright/test'
import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'

const submissionId = /name="submissionId" value="([0-9a-f-]{36})"/

/** A page without what belongs to one response. */
async function read(request: APIRequestContext, address: string, headers: Record<string, string> = {}) {
  const response = await request.get(address, { headers })
  expect(response.status()).toBe(200)
  const html = await response.text()
  const [, id = ''] = submissionId.exec(html) ?? []
  const shared = response.headers()
  for (const own of ['date', 'etag', 'x-request-id', 'content-length', 'set-cookie']) delete shared[own]
  return { id, html: html.replaceAll(id || '\0', 'ID'), headers: shared }
}

test('a stored page is byte for byte the rendered one, apart from the submission id', async ({
  request,
  shop,
}) => {
  const event = await shop.createEvent()
  const addresses = ['', '?lang=en', '?via=sns', '?via=no-such&lang=ko', '?via=store&t=wrong']
  for (const query of addresses) {
    const rendered = await read(request, `/e/${event.slug}${query}`)
    const stored = await read(request, `/e/${event.slug}${query}`)
    const again = await read(request, `/e/${event.slug}${query}`)
    expect(stored.html).toBe(rendered.html)
    expect(stored.headers).toEqual(rendered.headers)
    expect(new Set([rendered.id, stored.id, again.id]).size).toBe(3)
    expect(stored.headers['content-security-policy']).toContain("script-src 'self'")
    expect(stored.headers['content-security-policy']).not.toContain("script-src 'self' 'unsafe-inline'")
  }
})

test('what messengers and advertisers append to a link changes nothing of the page, and chooses its channel', async ({
  request,
  shop,
}) => {
  const event = await shop.createEvent()
  const html = async (query: string) => (await read(request, `/e/${event.slug}${query}`)).html
  const [plain, sns] = [await html(''), await html('?via=sns')]
  expect(sns).not.toBe(plain)
  for (const extra of [
    'fbclid=IwAR0x&utm_medium=paid',
    'utm_source=kakao&k_share=1',
    'via=share',
    'igsh=a%3D',
    'a&a=b&lang=xx',
  ])
    expect(await html(`?${extra}`), extra).toBe(plain)
  for (const link of ['via=sns&fbclid=IwAR0x', 'utm_source=SNS&utm_campaign=a', 'gclid=1&via=SNS'])
    expect(await html(`?${link}`), link).toBe(sns)
})

test('languages do not mix, whether chosen by address or by cookie', async ({ request, shop }) => {
  const event = await shop.createEvent()
  const address = `/e/${event.slug}`
  for (let round = 0; round < 2; round++) {
    const english = await read(request, address, { cookie: 'eungmo_lang=en' })
    const korean = await read(request, address, { cookie: 'eungmo_lang=ko' })
    expect(english.html).toContain('<html lang="en">')
    expect(korean.html).toContain('<html lang="ko">')
  }
})

test('a change by the owner shows at the next request: a new title, a draw', async ({ request, shop }) => {
  const event = await shop.createEvent()
  const address = `/e/${event.slug}`
  const html = async () => (await read(request, address)).html
  for (const title of ['첫 번째 새 제목', '두 번째 새 제목']) {
    await html()
    await html()
    await shop.call('PATCH', `/events/${event.id}`, { title })
    expect(await html()).toContain(title)
  }
  await shop.enter(event.id, uniquePhoneNumber())
  await shop.draw(event.id, 1)
  expect(await html()).not.toContain('name="submissionId"')
})

test('the start and the end of an event show at once on a stored page', async ({ request, shop }) => {
  const soon = (ms: number) => new Date(Date.now() + ms)
  const event = await shop.createEvent({ startsAt: soon(2_000), endsAt: soon(5_000) })
  const hasForm = async () => (await read(request, `/e/${event.slug}`)).id !== ''
  expect(await hasForm()).toBe(false)
  await expect.poll(hasForm, { intervals: [50] }).toBe(true)
  await expect.poll(hasForm, { intervals: [50], timeout: 15_000 }).toBe(false)
})

test('a browser that has entered gets its own page, and others do not see that', async ({
  page,
  request,
  shop,
}) => {
  const event = await shop.createEvent()
  const address = `/e/${event.slug}`
  await read(request, address)
  await read(request, address)
  await new EntryPage(page).enter(event.slug)
  await page.goto(address)
  await expect(page.locator('#entered-here')).toBeVisible()
  expect((await read(request, address)).html).toMatch(/id="entered-here"[^>]*hidden/)
})

test('a stored page works: its script runs under the policy, and its form makes one entry', async ({
  page,
  request,
  shop,
}) => {
  const event = await shop.createEvent()
  const address = `/e/${event.slug}?via=sns`
  await read(request, address)
  const violations: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text())
  })
  await new EntryPage(page).enter(event.slug)
  expect(violations).toEqual([])
  expect((await shop.participants(event.id)).items).toHaveLength(1)
})
