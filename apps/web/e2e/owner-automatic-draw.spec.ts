import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'

const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1_000)

/** Ends an event that draws by itself, and moves the announcement, in seconds ago. */
const endAgo = (shop: ShopClient, eventId: string, ended: number, announced = -600) =>
  shop.call('PATCH', `/events/${eventId}`, {
    endsAt: secondsAgo(ended),
    announcementDate: secondsAgo(announced),
  })

test('the form proposes an automatic draw, which event, dialog and entry page then promise', async ({
  page,
  shop,
}) => {
  const ownerPage = new OwnerPage(page)
  await ownerPage.signIn(shop.stack)
  await page.goto('/admin/events/new')
  await page.getByLabel('이벤트 제목').fill('자동으로 추첨하는 이벤트')
  await page.getByLabel('1번째 경품 이름').fill('케이크')
  await expect(page.getByRole('radio', { name: '자동으로 추첨해요' })).toBeChecked()
  await expect(page.getByLabel('가산점을 추첨 때 정하기')).toHaveCount(0)
  await expectFitAndAccessible(page, 'form')

  const closes = await page.getByLabel('참여 마감').inputValue()
  await page.getByLabel('당첨 발표일').fill(closes)
  await page.getByRole('button', { name: '이벤트 만들기' }).click()
  await expect(page.getByText(/자동 추첨이 끝난 뒤인 .*오후 9시 7분부터 발표할 수 있어요/)).toBeVisible()
  await page.getByRole('radio', { name: '직접 추첨할게요' }).check()
  await expect(page.getByText('자동 추첨이 끝난 뒤인')).toHaveCount(0)
  await expect(page.getByLabel('가산점을 추첨 때 정하기')).toBeVisible()
  await page.getByRole('radio', { name: '자동으로 추첨해요' }).check()
  await page.getByLabel('당첨 발표일').fill(closes.replace('T21:00', 'T21:07'))
  await page.getByRole('button', { name: '이벤트 만들기' }).click()

  await expect(page.getByText(/^자동 추첨 .*오후 9시 1분/).first()).toBeVisible()
  await page.getByRole('button', { name: '공개하기' }).first().click()
  await expect(ownerPage.dialog).toContainText(/자동 추첨 .*오후 9시 1분/)
  await page.keyboard.press('Escape')

  const event = await shop.createEvent({ drawsAutomatically: true })
  await page.goto(`/e/${event.slug}`)
  await expect(page.getByText('자동으로', { exact: false })).toBeVisible()
  await page.goto(`/e/${event.slug}?lang=en`)
  await expect(page.getByText(', by itself')).toBeVisible()
})

test('the draw tab counts down and shows the result by itself, and the public pages say that it was automatic', async ({
  page,
  shop,
}) => {
  test.setTimeout(120_000)
  const event = await shop.createEvent({ drawsAutomatically: true, winnerCount: 1 })
  await shop.enter(event.id, uniquePhoneNumber())
  await shop.enter(event.id, uniquePhoneNumber())
  await new OwnerPage(page).signIn(shop.stack)
  await endAgo(shop, event.id, 35)
  await page.goto(`/admin/events/${event.id}/draw`)
  await expect(page.getByRole('heading', { name: /에 자동으로 추첨해요/ })).toBeVisible()
  await expect(page.getByRole('timer')).toHaveText(/^0:\d\d$/)
  await expectFitAndAccessible(page, 'draw tab before an automatic draw')
  await expect(page.getByText(/에 자동으로 추첨했어요/)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('heading', { name: '당첨자 1명' })).toBeVisible()
  await expectFitAndAccessible(page, 'draw tab after an automatic draw')

  const [draw] = await shop.call<{ drawLogId: string }[]>('GET', `/events/${event.id}/draws`)
  await page.goto(`/verify/${draw?.drawLogId}`)
  await expect(page.getByText('다시 계산해도 같은 결과입니다.')).toBeVisible()
  for (const disclosure of await page.locator('summary').all()) await disclosure.click()
  await expect(page.getByText('추첨하기로 한 때')).toBeVisible()
})

test('a late draw says so to everybody', async ({ page, shop }) => {
  const event = await shop.createEvent({ drawsAutomatically: true, winnerCount: 1 })
  await shop.enter(event.id, uniquePhoneNumber())
  await endAgo(shop, event.id, 1_200, 60)
  await expect
    .poll(async () =>
      (await (await page.request.get(`/e/${event.slug}/winners`)).text()).includes('자동 추첨'),
    )
    .toBe(true)
  await page.goto(`/e/${event.slug}/winners`)
  await expect(page.getByText(/^추첨: 공개 .* → 실제 /)).toBeVisible()
  await expect(page.getByText('이유를 남기지 않았어요')).toHaveCount(0)
  await expectFitAndAccessible(page, 'winners of a late draw')
})

test('an event without entries ends without a draw, and its pages say why', async ({ page, shop }) => {
  const event = await shop.createEvent({ drawsAutomatically: true })
  await endAgo(shop, event.id, 70)
  const text = '참여자가 없어 추첨하지 않았어요'
  await expect
    .poll(async () => (await (await page.request.get(`/e/${event.slug}`)).text()).includes(text))
    .toBe(true)
  await page.goto(`/e/${event.slug}`)
  await expect(page.getByText(text)).toBeVisible()
  await expectFitAndAccessible(page, 'event without entries')
  await page.goto(`/e/${event.slug}/winners`)
  await expect(page.getByText(text)).toBeVisible()
  await new OwnerPage(page).signIn(shop.stack)
  await page.goto(`/admin/events/${event.id}/draw`)
  await expect(page.getByText(text).first()).toBeVisible()
})

test('drawing by hand before the promised time needs a reason, which the result shows', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent({ drawsAutomatically: true })
  await shop.enter(event.id, uniquePhoneNumber())
  const ownerPage = new OwnerPage(page)
  await ownerPage.signIn(shop.stack)
  await page.goto(`/admin/events/${event.id}/draw`)
  await page.getByRole('button', { name: '당첨자 추첨' }).click()
  await expect(ownerPage.dialog).toContainText('자동으로 추첨하기로 한 이벤트예요')
  await expectFitAndAccessible(page, 'dialog that replaces an automatic draw')
  await ownerPage.dialog.getByRole('button', { name: '추첨하기' }).click()
  await expect(ownerPage.dialog.getByLabel(/이유/)).toBeFocused()
  await ownerPage.dialog.getByLabel(/이유/).fill('행사를 일찍 마쳤어요')
  await ownerPage.dialog.getByRole('button', { name: '추첨하기' }).click()
  await expect(page.getByText(/자동 추첨을 .* 직접 대신했어요/)).toBeVisible()
  await expect(page.getByText('이유: 행사를 일찍 마쳤어요')).toBeVisible()
})
