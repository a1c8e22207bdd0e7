import { AxeBuilder } from '@axe-core/playwright'
import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'

const PASSWORD = 'long-enough-password'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('an owner makes a second one, hands the shop over and is gone; the last owner stays', async ({
      page,
      browser,
      shop,
    }) => {
      const { baseUrl } = shop.stack
      await new OwnerPage(page).signUp('넘길 가게')
      const email = `partner-${crypto.randomUUID()}@example.test`
      await page.goto('/admin/settings')
      await page.getByLabel('초대할 직원의 이메일').fill(email)
      await page.getByRole('button', { name: '직원 초대' }).click()
      const link = (await page.locator('[data-invitation]').getAttribute('data-invitation')) ?? ''
      const context = await browser.newContext({ baseURL: baseUrl, locale: 'ko-KR', javaScriptEnabled })
      const partner = await context.newPage()
      await partner.goto(new URL(link).pathname)
      await partner.getByLabel('이름').fill('김동업')
      await partner.getByLabel('비밀번호').fill(PASSWORD)
      await partner.getByRole('button', { name: '계정 만들기' }).click()
      await partner.getByRole('heading', { name: '이제 로그인해 주세요' }).waitFor()
      await partner.getByLabel('비밀번호').fill(PASSWORD)
      await partner.getByRole('button', { name: '로그인' }).click()
      await partner.getByRole('button', { name: '함께하기' }).click()
      await partner.waitForURL('**/admin/events')

      await page.goto('/admin/account')
      await page.getByText('나가려면 눌러 주세요').click()
      await page.getByRole('button', { name: '넘길 가게에서 나가기' }).click()
      await expect(page.getByText('매장에는 사장님이 한 분은 있어야 해요.')).toBeVisible()

      await page.goto('/admin/settings')
      const rights = page.getByLabel('김동업 님 권한 바꾸기')
      await rights.click()
      await page.getByRole('button', { name: '김동업 님을 사장님으로 바꾸기' }).click()
      await expect(page.getByText('이제 사장님이에요.')).toBeVisible()
      expect((await partner.goto('/admin/settings'))?.status()).toBe(200)
      if (javaScriptEnabled) {
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id }) => id)).toEqual([])
      }

      await page.getByText('넘길 분 고르기').click()
      await page.getByLabel('매장에서 나갈게요').check()
      await page.getByRole('button', { name: '매장 넘기기' }).click()
      await expect(page).toHaveURL(/\/welcome$/)
      expect((await partner.goto('/admin/settings'))?.status()).toBe(200)
      await expect(partner.getByRole('listitem').filter({ hasText: '새 사장님' })).toHaveCount(0)
      await context.close()
    })
  })
}
