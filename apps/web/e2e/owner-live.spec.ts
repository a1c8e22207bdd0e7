import { connect } from '@eungmo/db/connection/client'
import type { BrowserContext, Page } from '@playwright/test'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { FailingProxy } from './support/failing-proxy.ts'
import { expect, test } from './support/fixtures.ts'
import { openStreams } from './support/open-streams.ts'
import type { ShopClient } from './support/shop-client.ts'

const TABS = 10

/** Opens an event's overview in a new tab. */
async function openOverview(context: BrowserContext, eventId: string, origin = ''): Promise<OwnerPage> {
  const ownerPage = new OwnerPage(await context.newPage())
  await ownerPage.page.goto(`${origin}/admin/events/${eventId}/overview`)
  return ownerPage
}

/** An event, and a browser whose owner is signed in. */
async function signedIn(page: Page, shop: ShopClient) {
  await new OwnerPage(page).signInByRequest(shop.stack)
  return shop.createEvent()
}

/** An event whose dashboard is open and live in a browser that is signed in. */
async function liveDashboard(page: Page, shop: ShopClient, origin = '') {
  const event = await signedIn(page, shop)
  const tab = await openOverview(page.context(), event.id, origin)
  await expect(tab.liveStatus).toHaveText('실시간')
  return { event, tab }
}

async function cookieOf(context: BrowserContext): Promise<string> {
  return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
}

const streamUrl = ({ stack }: ShopClient, input: object) =>
  `${stack.baseUrl}/api/trpc/analytics.live?input=${encodeURIComponent(JSON.stringify(input))}`

test('ten open dashboards share one stream, and the eleventh page loads', async ({ page, context, shop }) => {
  const event = await signedIn(page, shop)
  const others = await Promise.all([shop.createEvent(), shop.createEvent()])
  const tabs: OwnerPage[] = []
  for (let i = 0; i < TABS; i++) tabs.push(await openOverview(context, [event, ...others][i % 3]?.id ?? ''))
  for (const tab of tabs) await expect(tab.liveStatus).toHaveText('실시간')
  await expect.poll(() => openStreams(shop.stack)).toBe(1)

  const eleventh = await context.newPage()
  await eleventh.goto(`/e/${event.slug}`)
  await expect(eleventh.getByRole('button', { name: '참여하기' })).toBeVisible()
  await shop.enter(event.id, uniquePhoneNumber())
  for (const tab of tabs.filter((_, i) => i % 3 === 0))
    await expect(tab.total).toHaveAttribute('data-total', '1')

  for (const tab of tabs) await tab.page.close()
  await expect.poll(() => openStreams(shop.stack)).toBe(0)
})

test('a dashboard survives a proxy that responds 502, and says meanwhile when it was current', async ({
  page,
  shop,
}) => {
  const proxy = await FailingProxy.start(shop.stack.baseUrl)
  try {
    const { event, tab } = await liveDashboard(page, shop, proxy.address)
    proxy.failing = true
    proxy.cut()
    await expect(tab.liveStatus).toHaveText(/다시 연결하는 중 · 마지막 갱신 (오전|오후|낮|자정)/)
    await shop.enter(event.id, uniquePhoneNumber())
    await expect(tab.total).toHaveAttribute('data-total', '0')

    proxy.failing = false
    await expect(tab.total).toHaveAttribute('data-total', '1', { timeout: 20_000 })
    await expect(tab.liveStatus).toHaveText('실시간')
  } finally {
    await proxy.stop()
  }
})

test('a dashboard whose session has ended says so, and is live again after signing in', async ({
  page,
  shop,
}) => {
  const proxy = await FailingProxy.start(shop.stack.baseUrl)
  const { sql, close } = connect(shop.stack.databaseUrl, { max: 1 })
  try {
    const { event, tab } = await liveDashboard(page, shop, proxy.address)
    await sql`delete from sessions`
    proxy.cut()
    await expect(tab.page.getByRole('alert')).toContainText('로그인이 끝났어요')
    await expect(tab.page.getByRole('link', { name: '다시 로그인' })).toHaveAttribute(
      'href',
      `/login?next=${encodeURIComponent(`/admin/events/${event.id}/overview`)}`,
    )
    await new OwnerPage(page).signIn(shop.stack)
    await tab.show('visible')
    await expect(tab.liveStatus).toHaveText('실시간')
    await expect(tab.page.getByRole('alert')).toHaveCount(0)
  } finally {
    await close()
    await proxy.stop()
  }
})

test('a hidden dashboard holds no stream, and is current as soon as it is shown', async ({ page, shop }) => {
  const { event, tab } = await liveDashboard(page, shop)
  await tab.show('hidden')
  await expect.poll(() => openStreams(shop.stack)).toBe(0)
  await shop.enter(event.id, uniquePhoneNumber())
  await expect.poll(async () => (await shop.analytics(event.id)).total).toBe(1)
  await expect(tab.total).toHaveAttribute('data-total', '0')
  await tab.show('visible')
  await expect(tab.total).toHaveAttribute('data-total', '1')
})

test('a dashboard that comes from the back/forward cache shows what happened meanwhile', async ({
  page,
  shop,
}) => {
  const { event, tab } = await liveDashboard(page, shop)
  const dispatch = (type: string) =>
    tab.page.evaluate((name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type)
  await dispatch('pagehide')
  await expect.poll(() => openStreams(shop.stack)).toBe(0)
  await shop.enter(event.id, uniquePhoneNumber(), '정다온')
  await shop.close(event.id)
  await expect.poll(async () => (await shop.analytics(event.id)).total).toBe(1)
  await dispatch('pageshow')
  await expect(tab.total).toHaveAttribute('data-total', '1')
  await expect(tab.page.getByText('정**')).toBeVisible()
  await expect(tab.page.getByText('추첨할 차례')).toBeVisible()
})

test('without shared workers a dashboard polls', async ({ page, context, shop }) => {
  await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'SharedWorker'))
  const event = await signedIn(page, shop)
  const tab = await openOverview(context, event.id)
  await expect(tab.liveStatus).toHaveText('3초마다 갱신')
  await shop.enter(event.id, uniquePhoneNumber())
  await expect(tab.total).toHaveAttribute('data-total', '1')
  expect(await openStreams(shop.stack)).toBe(0)
})

test('above ten streams a user gets 429, and the dashboard polls', async ({ page, context, shop }) => {
  const event = await signedIn(page, shop)
  const cookie = await cookieOf(context)
  const closing = new AbortController()
  const url = streamUrl(shop, { eventIds: [event.id] })
  const open = () => fetch(url, { headers: { cookie }, signal: closing.signal })
  for (let i = 0; i < 10; i++) expect((await open()).status).toBe(200)
  const above = await open()
  expect([above.status, above.headers.get('retry-after')]).toEqual([429, '30'])
  expect(await above.json()).toMatchObject({
    code: 'RATE_LIMITED',
    message: expect.stringContaining('실시간'),
  })
  expect(await openStreams(shop.stack)).toBe(10)

  const tab = await openOverview(context, event.id)
  await expect(tab.liveStatus).toHaveText('3초마다 갱신')
  await shop.enter(event.id, uniquePhoneNumber())
  await expect(tab.total).toHaveAttribute('data-total', '1')

  closing.abort()
  await expect.poll(() => openStreams(shop.stack)).toBeLessThan(2)
  await tab.page.close()
})

test('a stream that may not be opened has the status of its error, and holds no place', async ({
  page,
  context,
  shop,
}) => {
  const event = await signedIn(page, shop)
  const cookie = await cookieOf(context)
  const statusOf = async (input: object, headers: Record<string, string>) => {
    const response = await fetch(streamUrl(shop, input), { headers })
    return [response.status, (await response.json()).code]
  }
  expect(await statusOf({ eventIds: [event.id] }, {})).toEqual([401, 'UNAUTHENTICATED'])
  expect(await statusOf({ eventIds: [event.id, crypto.randomUUID()] }, { cookie })).toEqual([
    404,
    'NOT_FOUND',
  ])
  expect(await statusOf({ eventIds: [] }, { cookie })).toEqual([400, 'VALIDATION_FAILED'])
  expect(await statusOf({ eventIds: Array(21).fill(event.id) }, { cookie })).toEqual([
    400,
    'VALIDATION_FAILED',
  ])
  expect(await openStreams(shop.stack)).toBe(0)
})

test('connections that are closed before their stream is open hold no place', async ({
  page,
  context,
  shop,
}) => {
  const event = await signedIn(page, shop)
  const cookie = await cookieOf(context)
  const url = streamUrl(shop, { eventIds: [event.id] })
  for (let ms = 0; ms < 40; ms++)
    await fetch(url, { headers: { cookie }, signal: AbortSignal.timeout(ms) }).then(
      ({ status, body }) => body?.cancel().then(() => expect(status).toBe(200)),
      (error) => expect(error.name).toBe('TimeoutError'),
    )
  await expect.poll(() => openStreams(shop.stack)).toBe(0)
})
