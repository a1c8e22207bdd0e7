import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('an owner reads at the sign-up what becomes of their data, and enters what customers see', async ({
      page,
    }) => {
      await page.goto('/sign-up')
      await expect(page.getByTestId('owner-notice')).toContainText('이름과 이메일을 로그인과 매장 관리에만')
      await new OwnerPage(page).signUp('연락처 가게')
      await page.goto('/admin/settings')
      const details = page.getByRole('region', { name: '고객에게 보이는 정보' })
      const contact = details.getByLabel('문의 연락처')
      await expect(contact).toHaveValue('')
      await contact.fill('02-123-4567')
      await details.getByLabel('영업시간').fill('10시–20시')
      await details.getByRole('button', { name: '저장' }).click()
      await expect(page.getByText('저장했어요. 고객 화면에 바로 나와요.')).toBeVisible()
      await page.reload()
      await expect(contact).toHaveValue('02-123-4567')
      await expect(details.getByLabel('영업시간')).toHaveValue('10시–20시')
    })
  })
}
