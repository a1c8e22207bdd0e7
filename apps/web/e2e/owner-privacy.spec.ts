import { connect } from '@eungmo/db/connection/client'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('an owner has the data of a cancelled event destroyed, and gets a certificate without names', async ({
      page,
      shop,
    }) => {
      const event = await shop.createEvent()
      await shop.enter(event.id, uniquePhoneNumber(), '김하늘')
      await shop.enter(event.id, uniquePhoneNumber(), '이바다')
      const owner = new OwnerPage(page)
      await owner.signInByRequest(shop.stack)
      await page.goto(`/admin/events/${event.id}/overview`)
      await page.getByRole('link', { name: '개인정보' }).click()
      const stored = page.getByRole('region', { name: '보관 중인 개인정보' })
      await expect(stored).toContainText('참여자')
      await expect(stored).toContainText('2명')
      const early = page.getByRole('region', { name: '기한 전에 파기하기' })
      await expect(early).toContainText('이벤트를 취소한 뒤에')
      await expect(early.getByRole('textbox')).toHaveCount(0)

      await shop.cancel(event.id)
      await page.reload()
      await expect(stored).toContainText('취소된 이벤트의 참여자')
      const title = early.getByLabel('확인을 위해 이벤트 제목을 그대로 적어 주세요')
      await title.fill('다른 이벤트')
      await early.getByRole('button').click()
      await expect(early.getByText('이벤트 제목과 달라요')).toBeVisible()
      await expect(title).toHaveValue('다른 이벤트')
      await title.fill(event.title)
      await early.getByRole('button', { name: '2명의 개인정보 파기하기' }).click()
      const destroyed = page.getByRole('region', { name: '파기한 개인정보' })
      await expect(async () => {
        if (!javaScriptEnabled) await page.reload()
        await expect(destroyed).toContainText('사장님이 기한 전에 파기했어요', { timeout: 1_000 })
      }).toPass()
      await expect(destroyed).toContainText('2명')
      await expect(stored).toContainText('보관 중인 참여자 개인정보가 없어요')

      await destroyed.getByRole('link', { name: '파기 확인서 보기' }).click()
      await expect(page.getByRole('heading', { name: '개인정보 파기 확인서' })).toBeVisible()
      const certificate = page.getByRole('main')
      for (const text of [event.title, '링고베이커리', '모두 2명', '이름', '사장님이 기한 전에 파기했어요'])
        await expect(certificate).toContainText(text)
      expect(await page.content()).not.toMatch(/김하늘|이바다|010-/)
    })
  })
}

test('while winners can claim their prizes, the tab says until when, and offers no destruction', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  for (let n = 0; n < 3; n++) await shop.enter(event.id, uniquePhoneNumber())
  await shop.draw(event.id, 1)
  await new OwnerPage(page).signInByRequest(shop.stack)
  await page.goto(`/admin/events/${event.id}/privacy`)
  const stored = page.getByRole('region', { name: '보관 중인 개인정보' })
  await expect(stored.getByRole('listitem')).toHaveCount(2)
  await expect(stored).toContainText('당첨자와 예비 당첨자')
  const early = page.getByRole('region', { name: '기한 전에 파기하기' })
  await expect(early).toContainText('경품을 받을 수 있어요. 그 뒤에 지울 수 있어요.')
  await expect(early.getByRole('button')).toHaveCount(0)
})

test('an event that was announced without a draw is warned about, until it is drawn', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  await shop.enter(event.id, uniquePhoneNumber())
  const { sql, close } = connect(shop.stack.databaseUrl, { max: 1 })
  await sql`update events set starts_at = starts_at - interval '12 days', ends_at = ends_at - interval '12 days',
    announcement_date = announcement_date - interval '12 days' where id = ${event.id}`
  await close()
  await new OwnerPage(page).signIn(shop.stack)
  const warning = page.getByText(`「${event.title}」 이벤트를 아직 추첨하지 않았어요`)
  await expect(warning).toBeVisible()
  await page.goto(`/admin/events/${event.id}/overview`)
  await expect(warning).toBeVisible()
  await expect(page.getByText('추첨하지 않으면, 참여자에게 약속한 대로 이벤트가 취소되고')).toBeVisible()
  await expectFitAndAccessible(page, 'overview with the warning')
  await page.getByRole('link', { name: '추첨하러 가기' }).click()
  await expect(page).toHaveURL(/\/draw$/)
  await shop.draw(event.id, 1)
  await page.reload()
  await expect(warning).toBeHidden()
})

test('a certificate prints on one A4 page, without its buttons', async ({ page, shop }) => {
  const event = await shop.createEvent()
  await shop.enter(event.id, uniquePhoneNumber())
  await shop.cancel(event.id)
  await shop.mutate('destruction.destroyEarly', { eventId: event.id, title: event.title })
  await new OwnerPage(page).signIn(shop.stack)
  await expect(async () => {
    await page.goto(`/admin/events/${event.id}/privacy/certificate`)
    await expect(page).toHaveURL(/certificate$/, { timeout: 1_000 })
  }).toPass()
  const button = page.getByRole('button', { name: '인쇄하기' })
  await expect(button).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(button).toBeHidden()
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/MediaBox \[[^\]]*\]/g)).toEqual([
    expect.stringMatching(/\[0 0 59[45][\d.]* 84[12][\d.]*\]/),
  ])
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 360, height: 740 } })

    test('the tab and the certificate are accessible and fit a phone of 360 px', async ({ page, shop }) => {
      const event = await shop.createEvent({ title: '우리 동네 상점가와 함께하는 연말 감사 특별 경품 추첨' })
      await shop.enter(event.id, uniquePhoneNumber())
      await new OwnerPage(page).signInByRequest(shop.stack)
      await page.goto(`/admin/events/${event.id}/privacy`)
      await expectFitAndAccessible(page, 'before the draw', colorScheme === 'dark')
      await shop.cancel(event.id)
      await page.reload()
      await page.getByRole('button', { name: '1명의 개인정보 파기하기' }).click()
      await expect(page.getByText('이벤트 제목과 달라요')).toBeVisible()
      await expectFitAndAccessible(page, 'cancelled, with an error', colorScheme === 'dark')
      await page.getByLabel('확인을 위해').fill(event.title)
      await page.getByRole('button', { name: '1명의 개인정보 파기하기' }).click()
      await expect(page.getByText('사장님이 기한 전에 파기했어요')).toBeVisible()
      await expectFitAndAccessible(page, 'destroyed', colorScheme === 'dark')
      await page.goto(`/admin/events/${event.id}/privacy/certificate`)
      await expectFitAndAccessible(page, 'certificate', colorScheme === 'dark')
    })
  })
}

for (const language of ['ko', 'en']) {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(`in ${language}, ${javaScriptEnabled ? 'with' : 'without'} scripts`, () => {
      test.use({ javaScriptEnabled, viewport: { width: 360, height: 740 } })

      test('all five tabs of an event are in view on a phone of 360 px, in one row', async ({
        page,
        shop,
      }) => {
        const { id } = await shop.createEvent()
        await new OwnerPage(page).signInByRequest(shop.stack)
        await page.goto(`/admin/events/${id}/privacy?lang=${language}`)
        const tabs = page
          .locator('nav:has([aria-current=page])')
          .filter({ has: page.getByText(/^(추첨|Draw)$/) })
        await expect(tabs.getByRole('link')).toHaveCount(5)
        await expect(page.locator('header nav [aria-current=page]').first()).toHaveText(/^(이벤트|Events)$/)
        const boxes = await Promise.all((await tabs.getByRole('link').all()).map((tab) => tab.boundingBox()))
        for (const box of boxes) {
          expect(box?.x).toBeGreaterThanOrEqual(0)
          expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(360)
          expect(box?.y).toBe(boxes[0]?.y)
        }
      })
    })
  }
}
