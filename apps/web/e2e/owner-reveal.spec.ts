import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('a participant’s whole number is in the page’s source only once it was revealed', async ({
      page,
      shop,
    }) => {
      const event = await shop.createEvent()
      const phoneNumber = uniquePhoneNumber()
      const middle = `-${phoneNumber.replaceAll('-', '').slice(3, 7)}-`
      await shop.enter(event.id, phoneNumber)
      const owner = new OwnerPage(page)
      await owner.signInByRequest(shop.stack)
      await owner.open(event.id, 'overview')
      expect(await page.content()).not.toContain(middle)
      await owner.open(event.id, 'participants')
      await expect(page.getByText(/^010-••••-\d{4}$/).filter({ visible: true })).toBeVisible()
      expect(await page.content()).not.toContain(middle)

      await page.getByRole('button', { name: '님 번호 보기' }).filter({ visible: true }).click()
      await expect(page.getByRole('link', { name: '님에게 전화' }).filter({ visible: true })).toBeVisible()
      expect(await page.content()).toContain(middle)
    })
  })
}
