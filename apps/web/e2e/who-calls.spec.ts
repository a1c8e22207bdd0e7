import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import { openOwnShop } from './support/own-shop.ts'

const NEVER_ASKS = '계좌번호, 카드번호, 비밀번호, 주민등록번호는 전화나 문자로 절대 묻지 않아요.'
const wordJoiners = /\u2060/g

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('every page of an event says who calls a winner, and what is never asked', async ({
      page,
      shop,
    }) => {
      const event = await shop.createEvent()
      await new EntryPage(page).enter(event.slug)
      for (const path of ['/done', '', '/check', '/winners']) {
        await page.goto(`/e/${event.slug}${path}`)
        await expect(page.getByText(NEVER_ASKS)).toHaveText(
          `당첨되면 링고베이커리에서 연락드려요. ${NEVER_ASKS}`,
        )
      }
      await shop.cancel(event.id)
      await page.goto(`/e/${event.slug}`)
      await expect(page.getByText('취소된 이벤트예요')).toBeVisible()
      await expect(page.getByText(NEVER_ASKS)).toHaveCount(0)
    })
  })
}

test('a shop whose contact is a phone number is named with it, which no line breaks', async ({ page }) => {
  const event = await openOwnShop(page, '번호 있는 가게', '02-123-4567')
  await page.context().clearCookies()
  await new EntryPage(page).enter(event.slug, uniquePhoneNumber())
  for (const path of ['/done', '', '/check', '/winners']) {
    await page.goto(`/e/${event.slug}${path}`)
    const sentence = page.getByText(NEVER_ASKS)
    const text = ((await sentence.textContent()) ?? '').replaceAll(wordJoiners, '')
    expect(text).toContain('당첨되면 번호 있는 가게에서 연락드려요(매장 번호 02-123-4567).')
    await expectFitAndAccessible(page, path)
  }
})
