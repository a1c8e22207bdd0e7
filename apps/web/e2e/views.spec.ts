import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'
import { readiness, startWeb, stopWeb, type Web } from './support/web-process.ts'

const WAIT = { timeout: 30_000 }
const ANDROID = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36'
const KAKAOTALK =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile/15E148 KAKAOTALK/11.2.0 (INAPP)'
const PREVIEW = 'facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984'

/** The viewers of an event by source, without those that have none. */
async function viewers(shop: ShopClient, eventId: string): Promise<Record<string, number>> {
  const { views } = await shop.analytics(eventId)
  if (!views) return {}
  const { total, channels, shared, direct, other } = views
  const bySource = Object.entries({
    total,
    shared,
    direct,
    other,
    ...Object.fromEntries(channels.map(({ entryPath, count }) => [entryPath, count])),
  })
  return Object.fromEntries(bySource.filter(([, count]) => count > 0))
}

async function startOwnWeb({ stack }: ShopClient): Promise<Web> {
  const web = await startWeb({ DATABASE_URL: stack.databaseUrl, SECRET_KEYS: stack.secretKeys })
  await expect.poll(() => readiness(web), WAIT).toEqual({ status: 200, ready: true })
  return web
}

test('people who open the page count once, by where they came from; programs and pages loaded ahead do not', async ({
  request,
  shop,
}) => {
  const event = await shop.createEvent()
  const address = `/e/${event.slug}`
  const as = (agent: string, more: Record<string, string> = {}) => ({
    headers: { 'user-agent': agent, ...more },
  })
  for (let times = 0; times < 3; times++) await request.get(`${address}?via=sns&fbclid=x`, as(KAKAOTALK))
  await request.get(`${address}?lang=en`, as(KAKAOTALK))
  await request.get(`${address}?utm_source=TV`, as(ANDROID))
  await request.get(`${address}?via=share`, as(`${ANDROID} SamsungBrowser/26.0`))
  await request.get(address, as(`${ANDROID} Whale/4.29`))
  for (const [n, headers] of [
    as(PREVIEW),
    as(`${ANDROID} 1`, { 'sec-purpose': 'prefetch;prerender' }),
    as(`${ANDROID} 2`, { 'x-moz': 'prefetch' }),
  ].entries())
    expect((await request.get(`${address}?via=tv&n=${n}`, headers)).status()).toBe(200)
  expect((await request.head(address, as(`${ANDROID} 3`))).status()).toBe(200)
  expect((await request.get(`${address}/privacy`, as(`${ANDROID} 4`))).status()).toBe(200)

  await expect
    .poll(() => viewers(shop, event.id), WAIT)
    .toEqual({ total: 4, SNS: 1, 우리동네TV: 1, shared: 1, direct: 1 })
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false, userAgent: ANDROID })

  test('a view counts, and so does the way from it to the entry', async ({ page, context, shop }) => {
    const event = await shop.createEvent()
    await page.goto(`/e/${event.slug}?utm_source=sns&utm_medium=story`)
    await page.reload()
    expect(await context.cookies()).toEqual([])
    const entryPage = new EntryPage(page)
    await entryPage.fill({ phone: uniquePhoneNumber() })
    await entryPage.submit.click()
    await page.waitForURL('**/done')
    await page.goto(`/e/${event.slug}`)
    await expect.poll(() => viewers(shop, event.id), WAIT).toEqual({ total: 1, SNS: 1 })
    await expect
      .poll(async () => (await shop.analytics(event.id)).channels, WAIT)
      .toContainEqual({ entryPath: 'SNS', count: 1 })
  })
})

test('an ended event counts no views', async ({ request, shop }) => {
  const ended = await shop.createEvent()
  await shop.close(ended.id)
  const open = await shop.createEvent()
  for (const { slug } of [ended, open])
    await request.get(`/e/${slug}`, { headers: { 'user-agent': KAKAOTALK } })
  await expect.poll(() => viewers(shop, open.id), WAIT).toEqual({ total: 1, direct: 1 })
  expect(await viewers(shop, ended.id)).toEqual({})
})

test('a process that stops writes its views first, one that is killed has written all but the last seconds, and processes add up', async ({
  shop,
}) => {
  const event = await shop.createEvent()
  const first = await startOwnWeb(shop)
  const second = await startOwnWeb(shop)
  try {
    const view = async ({ origin }: Web, agent: string) =>
      expect(
        (await fetch(`${origin}/e/${event.slug}?via=sns`, { headers: { 'user-agent': agent } })).ok,
      ).toBe(true)
    await view(first, KAKAOTALK)
    await view(second, ANDROID)
    first.child.kill('SIGTERM')
    expect(await first.exited).toEqual([0, null])
    await expect.poll(() => viewers(shop, event.id), WAIT).toEqual({ total: 2, SNS: 2 })
    second.child.kill('SIGKILL')
    await second.exited
    const third = await startOwnWeb(shop)
    try {
      await view(third, `${ANDROID} third`)
      await expect.poll(() => viewers(shop, event.id), WAIT).toEqual({ total: 3, SNS: 3 })
    } finally {
      await stopWeb(third)
    }
  } finally {
    await stopWeb(first)
    await stopWeb(second)
  }
})
