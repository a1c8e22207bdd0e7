import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('the customer screens are accessible and fit a phone of 360 px', async ({ page, shop }) => {
      const event = await shop.createEvent({
        visitBonus: 1,
        title: '우리 동네 상점가와 함께하는 연말 감사 특별 경품 추첨 이벤트',
      })
      const entry = new EntryPage(page)
      await entry.open(event.slug)
      await expectFitAndAccessible(page, 'entry', colorScheme === 'dark')
      for (const disclosure of await page.locator('summary').all()) await disclosure.click()
      await entry.submit.click()
      await expect(page.getByText('이름을 적어 주세요')).toBeVisible()
      await expectFitAndAccessible(page, 'entry with errors', colorScheme === 'dark')
      await entry.fill({ phone: uniquePhoneNumber(), path: 'SNS' })
      await entry.submit.click()
      await expect(entry.applicationNumber).toBeVisible()
      await expectFitAndAccessible(page, 'done', colorScheme === 'dark')
      await page.goto(`/e/${event.slug}/winners`)
      await expectFitAndAccessible(page, 'winners, waiting', colorScheme === 'dark')
      await page.goto(`/e/${event.slug}/privacy`)
      for (const disclosure of await page.locator('summary').all()) await disclosure.click()
      await expectFitAndAccessible(page, 'privacy', colorScheme === 'dark')
      await page.goto('/e/there-is-no-such-event')
      await expectFitAndAccessible(page, 'not found', colorScheme === 'dark')
    })

    test('winners and verification are accessible and fit a phone of 360 px', async ({ page, shop }) => {
      const event = await shop.createEvent()
      await shop.enter(event.id, uniquePhoneNumber())
      await shop.close(event.id)
      await page.goto(`/e/${event.slug}`)
      await expectFitAndAccessible(page, 'closed', colorScheme === 'dark')
      const { drawLogId } = await shop.draw(event.id, 1)
      await page.goto(`/e/${event.slug}/winners`)
      await expectFitAndAccessible(page, 'winners', colorScheme === 'dark')
      await page.goto(`/verify/${drawLogId}`)
      await expect(page.getByText('다시 계산해도 같은 결과입니다.')).toBeVisible()
      for (const disclosure of await page.locator('summary').all()) await disclosure.click()
      await expectFitAndAccessible(page, 'verification', colorScheme === 'dark')
      const cancelled = await shop.createEvent()
      await shop.cancel(cancelled.id)
      await page.goto(`/verify/cancelled/${cancelled.id}`)
      await expect(page.getByText('추첨 없이 취소한 이벤트예요')).toBeVisible()
      for (const disclosure of await page.locator('summary').all()) await disclosure.click()
      await expectFitAndAccessible(page, 'verification of a cancellation', colorScheme === 'dark')
    })
  })
}
