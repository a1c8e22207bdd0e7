import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'
import { signIn } from './support/sign-in.ts'

const NEW_PASSWORD = 'a-changed-password-of-mine'

test('an owner sees the signed-in devices, signs one out, and changes the password', async ({
  page,
  browser,
  shop,
}) => {
  const { baseUrl } = shop.stack
  const account = await new OwnerPage(page).signUp('두 기기 가게')
  const other = await browser.newContext({ baseURL: baseUrl, locale: 'ko-KR' })
  const otherPage = await other.newPage()
  await new OwnerPage(otherPage).signIn(account)
  await otherPage.goto('/admin/account')
  await expect(otherPage.getByRole('heading', { name: '내 계정' })).toBeVisible()

  await page.locator('header summary').click()
  await page.getByRole('link', { name: '내 계정' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: '에 로그인' })).toHaveCount(2)
  await expect(page.getByText('지금 이 기기')).toBeVisible()
  await page.locator('summary[aria-label$="로그아웃"]').click()
  await page
    .getByRole('button', { name: /로그아웃$/ })
    .last()
    .click()
  await expect(page.getByRole('status')).toContainText('그 기기에서 로그아웃했어요.')
  await otherPage.goto('/admin/account')
  await expect(otherPage).toHaveURL(/\/login\?next=/)

  await page.getByLabel('지금 비밀번호').fill('not-the-password')
  await page.getByLabel('새 비밀번호').fill('12345')
  await page.getByRole('button', { name: '비밀번호 바꾸기' }).click()
  await expect(page.getByLabel('새 비밀번호')).toHaveAccessibleDescription('비밀번호는 10자 이상이어야 해요.')
  await page.getByLabel('새 비밀번호').fill(NEW_PASSWORD)
  await page.getByRole('button', { name: '비밀번호 바꾸기' }).click()
  await expect(page.getByLabel('지금 비밀번호')).toHaveAccessibleDescription('지금 비밀번호가 맞지 않아요.')
  await page.getByLabel('지금 비밀번호').fill(account.ownerPassword)
  await page.getByRole('button', { name: '비밀번호 바꾸기' }).click()
  await expect(page.getByRole('status')).toContainText('비밀번호를 바꿨어요.')

  await page.goto('/admin/events')
  await expect(page, 'this device stays signed in').toHaveURL(/\/admin\/events$/)
  expect(await signIn({ ...account, baseUrl, ownerPassword: NEW_PASSWORD })).toContain('session_token')
  await other.close()
})
