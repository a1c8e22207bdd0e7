import { connect } from '@eungmo/db/connection/client'
import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'

/** The Korean notice that is stored with an account. */
async function storedNotice({ stack }: ShopClient, email: string): Promise<unknown> {
  const { sql, close } = connect(stack.databaseUrl, { max: 1 })
  const [row] = await sql`select n.ko from users u join owner_notices n on n.version = u.notice_version
    where u.email = ${email}`
  await close()
  return row?.ko
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('an owner reads at the sign-up what becomes of their data, and enters what customers see', async ({
      page,
      shop,
    }) => {
      await page.goto('/sign-up')
      const notice = page.getByTestId('owner-notice')
      await expect(notice).toContainText('이름과 이메일을 로그인과 매장 관리에만')
      const shown = ((await notice.textContent()) ?? '').trim()
      const { ownerEmail } = await new OwnerPage(page).signUp('연락처 가게')
      expect(await storedNotice(shop, ownerEmail)).toBe(shown)
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

    test('an invited person reads the notice for staff, which is stored with the account', async ({
      page,
      shop,
    }) => {
      const owner = new OwnerPage(page)
      await owner.signInByRequest(shop.stack)
      const email = `staff-${crypto.randomUUID()}@example.test`
      await page.goto('/admin/settings')
      await page.getByLabel('초대할 직원의 이메일').fill(email)
      await page.getByRole('button', { name: '직원 초대' }).click()
      const invitation = page.locator('[data-invitation]').filter({ hasText: email })
      const address = (await invitation.getAttribute('data-invitation')) ?? ''
      await page.context().clearCookies()
      await page.goto(new URL(address).pathname)
      const notice = page.getByTestId('owner-notice')
      await expect(notice).toContainText('계정을 지워 달라고 하면 지워요')
      await expect(notice).not.toContainText('고객에게 보여요')
      const shown = ((await notice.textContent()) ?? '').trim()
      await page.getByLabel('이름', { exact: true }).fill('새 직원')
      await page.getByLabel('비밀번호').fill('long-enough-password')
      await page.getByRole('button', { name: '계정 만들기' }).click()
      await expect(page.getByRole('heading', { name: '이제 로그인해 주세요' })).toBeVisible()
      expect(await storedNotice(shop, email)).toBe(shown)
    })
  })
}
