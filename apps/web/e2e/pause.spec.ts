import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { APIRequestContext } from '@playwright/test'
import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'

const REASON = '개인정보 유출이 <의심>되어 확인하고 있어요'
const TITLE = '운영자가 잠시 멈춘 이벤트예요'
const bun = process.versions.bun ? process.execPath : 'bun'

/** Runs an operator's command against the stack's database, as a process of its own. */
function operate(shop: ShopClient, command: 'pause' | 'resume', ...words: string[]): void {
  const main = fileURLToPath(
    new URL(`../../../packages/api/src/operator/${command}-main.ts`, import.meta.url),
  )
  const env = { PATH: process.env.PATH, DATABASE_URL: shop.stack.databaseUrl }
  const { status, stderr } = spawnSync(bun, [main, ...words], { env, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
}

const pause = (shop: ShopClient, id: string) => operate(shop, 'pause', id, '--reason', REASON)

/** The page's HTML in an encoding, with its Cache-Control. */
async function read(request: APIRequestContext, address: string, encoding: string) {
  const response = await request.get(address, { headers: { 'accept-encoding': encoding } })
  expect(response.status()).toBe(200)
  return { html: await response.text(), cacheControl: response.headers()['cache-control'] }
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('a form that was open when the event was paused gets the reason, and nothing is stored', async ({
      page,
      shop,
    }) => {
      const event = await shop.createEvent()
      const entry = new EntryPage(page)
      await entry.open(event.slug, '?via=sns')
      await entry.fill({ phone: uniquePhoneNumber() })
      pause(shop, event.id)
      await entry.submit.click()
      await expect(page.getByRole('heading', { name: TITLE })).toBeVisible()
      await expect(page.getByText(REASON, { exact: true })).toBeVisible()
      await expect(page.getByText(`${TITLE}: ${REASON}`)).toBeVisible()
      await expect(page.locator('form')).toHaveCount(0)
      expect((await shop.participants(event.id)).items).toHaveLength(0)

      operate(shop, 'resume', event.id)
      await entry.enter(event.slug)
      expect((await shop.participants(event.id)).items).toHaveLength(1)
    })
  })
}

test('a pause shows at the next request on every stored form of the entry page, escaped, and so does its end', async ({
  request,
  shop,
}) => {
  const event = await shop.createEvent()
  const addresses = ['', '?lang=en', '?via=sns'].map((query) => `/e/${event.slug}${query}`)
  const forms = addresses.flatMap((address) =>
    ['identity', 'gzip', 'br'].map((encoding) => ({ address, encoding })),
  )
  const escaped = REASON.replace('<', '&lt;')
  for (const { address, encoding } of [...forms, ...forms]) await read(request, address, encoding)
  pause(shop, event.slug)
  for (const { address, encoding } of [...forms, ...forms]) {
    const { html, cacheControl } = await read(request, address, encoding)
    expect(html).toContain(escaped)
    expect(html).not.toContain('<form')
    expect(cacheControl).toContain('private')
  }
  operate(shop, 'resume', event.slug)
  for (const { address, encoding } of forms)
    expect((await read(request, address, encoding)).html).not.toContain(escaped)
})

test('the winners page hides its winners in a pause, and the draw still verifies', async ({
  page,
  request,
  shop,
}) => {
  const event = await shop.createEvent()
  const { applicationNumber } = await shop.enter(event.id, uniquePhoneNumber())
  await shop.close(event.id)
  const { drawLogId } = await shop.draw(event.id, 1)
  const address = `/e/${event.slug}/winners`
  const encodings = ['identity', 'gzip', 'br']
  for (const encoding of encodings)
    expect((await read(request, address, encoding)).html).toContain(applicationNumber)
  pause(shop, event.id)
  for (const encoding of encodings) {
    const { html, cacheControl } = await read(request, address, encoding)
    expect(html).not.toContain(applicationNumber)
    expect(cacheControl).toContain('private')
  }
  await page.goto(address)
  await expect(page.getByRole('heading', { name: TITLE })).toBeVisible()
  await page.getByRole('link', { name: '추첨 다시 계산해 보기' }).click()
  await expect(page).toHaveURL(`/verify/${drawLogId}`)
  await expect(page.getByText('다시 계산해도 같은 결과입니다.')).toBeVisible()
  for (const path of [`/verify/${drawLogId}/transcript.json`, `/verify/${drawLogId}/entries.csv`])
    expect((await request.get(path)).status(), path).toBe(200)

  operate(shop, 'resume', event.id)
  expect((await read(request, address, 'gzip')).html).toContain(applicationNumber)
})

test('the owner sees a pause and its reason in the list, on the event, and instead of a draw', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  await shop.enter(event.id, uniquePhoneNumber())
  pause(shop, event.id)
  await new OwnerPage(page).signInByRequest(shop.stack)
  await page.goto('/admin/events')
  await expect(page.getByRole('link').filter({ hasText: event.title })).toContainText('일시 중지')
  await page.goto(`/admin/events/${event.id}/overview`)
  await expect(page.getByText(REASON)).toBeVisible()
  await page.goto(`/admin/events/${event.id}/draw`)
  await expect(page.getByText('멈춘 동안에는 추첨할 수 없어요')).toBeVisible()
  await expect(page.getByRole('button', { name: '당첨자 추첨' })).toHaveCount(0)
})
