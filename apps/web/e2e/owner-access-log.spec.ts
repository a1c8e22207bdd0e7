import { connect } from '@eungmo/db/connection/client'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'

const PHONE = { width: 360, height: 740 }
const DESKTOP = { width: 1280, height: 800 }

/** The rows of the log, as a table or as cards. */
const ROWS = 'main table:visible tbody tr, main ul:visible > li:has(time)'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('an owner reads who looked, filters, takes the file, and confirms the monthly look', async ({
      page,
      shop,
    }) => {
      const event = await shop.createEvent()
      const { applicationNumber } = await shop.enter(event.id, uniquePhoneNumber())
      const owner = new OwnerPage(page)
      await page.setViewportSize(DESKTOP)
      await owner.signInByRequest(shop.stack)
      await owner.open(event.id, 'participants')
      await page.getByRole('button', { name: '이응모 님 번호 보기' }).click()
      await expect(page.getByText('기록이 남아요').first()).toBeVisible()

      await page.goto('/admin/settings')
      await page.getByRole('link', { name: '접속 기록 보기' }).click()
      await expect(page.getByRole('heading', { name: '접속 기록', exact: true })).toBeVisible()
      const rows = page.locator(ROWS)
      await expect(rows.first()).toContainText('접속 기록을 봤어요')
      const revealed = rows.filter({ hasText: '번호를 봤어요' }).first()
      await expect(revealed).toContainText(`${event.title} · ${applicationNumber}`)
      await expect(revealed).toContainText('1명')
      await expect(page.locator('main')).not.toContainText(/010-\d{4}/)

      await page.getByText('골라 보기').click()
      await page.getByLabel('이벤트').selectOption({ label: event.title })
      await page.getByLabel('한 일').selectOption('번호를 봤어요')
      await page.getByRole('button', { name: '찾기' }).click()
      await expect(page).toHaveURL(/action=reveal-participant/)
      await expect(rows).toHaveCount(1)
      await page.getByLabel('이 날까지').fill('2026-01-02')
      await page.getByRole('button', { name: '찾기' }).click()
      await expect(page.getByText('조건에 맞는 기록이 없어요.')).toBeVisible()
      await page.getByRole('link', { name: '모두 보기' }).click()
      await expect(rows.nth(1)).toContainText('접속 기록을 골라 봤어요')

      await page.getByText('CSV 받기').click()
      await page.getByLabel('어디에 쓰시나요?').fill('월별 점검')
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: '파일 받기' }).click()
      expect((await download).suggestedFilename()).toBe('접속 기록.csv')

      const review = page.getByRole('region', { name: '이번 달 확인' })
      const confirm = review.getByRole('button', { name: '이번 달 확인했어요' })
      // The demo shop's month is confirmed once, whichever of the two tests comes first.
      if (await confirm.isVisible()) await confirm.click()
      await expect(review).toContainText(/\d{4}년 \d{1,2}월은 링고 사장님이 .+에 확인했어요/)
      await expect(confirm).toHaveCount(0)
      await page.goto('/admin/settings/access-log')
      await expect(page.locator(ROWS).filter({ hasText: '목적: 월별 점검' }).first()).toBeVisible()
    })
  })
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('the access log is accessible and fits a phone of 360 px', async ({ page, shop }) => {
      // A hundred rows in a table and as cards: axe looks at each of them.
      test.setTimeout(180_000)
      await new OwnerPage(page).signInByRequest(shop.stack)
      for (const size of [PHONE, DESKTOP]) {
        await page.setViewportSize(size)
        await page.goto('/admin/settings/access-log')
        for (const summary of await page.locator('main summary').all()) await summary.click()
        await expectFitAndAccessible(page, `access log at ${size.width}`, colorScheme === 'dark')
        await page.goto('/admin/settings/access-log?from=2026-01-01&to=2026-01-01')
        await expectFitAndAccessible(page, `empty access log at ${size.width}`, colorScheme === 'dark')
      }
    })
  })
}

test('the file’s panel covers nothing of the filter when both are open', async ({ page, shop }) => {
  await page.setViewportSize(DESKTOP)
  await new OwnerPage(page).signInByRequest(shop.stack)
  await page.goto('/admin/settings/access-log')
  await page.getByText('골라 보기').click()
  await page.getByText('CSV 받기').click()
  const filter = await page.locator('form[method=get]').boundingBox()
  const panel = await page.locator('form[action$="access-log.csv"]').boundingBox()
  if (!filter || !panel) throw new Error('a panel is closed')
  expect(panel.y).toBeGreaterThanOrEqual(filter.y + filter.height)
  expect(panel.x + panel.width).toBeLessThanOrEqual(DESKTOP.width)
})

test('an English card says what its number counts', async ({ page, shop }) => {
  const event = await shop.createEvent()
  const { applicationNumber } = await shop.enter(event.id, uniquePhoneNumber())
  await page.setViewportSize(PHONE)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'participants')
  await page.getByRole('button', { name: '이응모 님 번호 보기' }).filter({ visible: true }).click()
  await expect(page.getByText('기록이 남아요').filter({ visible: true }).first()).toBeVisible()
  await page.goto('/admin/settings/access-log?lang=en')
  const card = page.locator(ROWS).filter({ hasText: applicationNumber }).first()
  await expect(card).toContainText(`${applicationNumber} · People: 1`)
})

test('a pointer that passes over links to personal data leaves no line, and opens nothing', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  await shop.enter(event.id, uniquePhoneNumber())
  await page.setViewportSize(DESKTOP)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'overview')
  const { sql, close } = connect(shop.stack.databaseUrl, { max: 1 })
  const lines = () => sql`select action from access_log where event_id = ${event.id}`
  for (const tab of ['참여자', '추첨']) {
    await page.getByRole('link', { name: tab, exact: true }).hover()
    await page.waitForTimeout(500)
  }
  expect(await lines()).toEqual([])
  await page.getByRole('link', { name: '참여자', exact: true }).click()
  await expect(page.getByRole('button', { name: '이응모 님 번호 보기' })).toBeVisible()
  expect(await lines()).toMatchObject([{ action: 'list-participants' }])
  await close()
})
