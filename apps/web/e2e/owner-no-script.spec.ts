import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'

test.use({ javaScriptEnabled: false })

test('without scripts an owner signs up, signs in, creates a key, sees it once, and revokes it', async ({
  page,
  shop,
}) => {
  const owner = new OwnerPage(page)
  await owner.signUp('스크립트 없는 가게')
  await page.goto('/admin/api-keys')
  await page.getByLabel('새 키 이름').fill('홈페이지')
  await page.getByRole('button', { name: '키 만들기' }).click()
  await expect(page.getByText('할 수 있는 일을 하나 이상 골라 주세요.')).toBeVisible()
  await page.getByLabel('이벤트 만들기·고치기·공개하기').check()
  await page.getByLabel('사용 기간').selectOption('30일')
  await page.getByRole('button', { name: '키 만들기' }).click()
  const key = await page.locator('code', { hasText: /^eungmo_.{40,}/ }).textContent()
  const create = () =>
    fetch(`${shop.stack.baseUrl}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: '{}',
    })
  // Allowed, and then the empty event is rejected.
  expect((await create()).status).toBe(400)
  await page.goto('/admin/api-keys')
  await expect(page.getByText(key ?? '')).toHaveCount(0)
  await page.locator('summary', { hasText: '폐기' }).click()
  await page.getByRole('button', { name: '지금 폐기하기' }).click()
  await expect(page.getByText('키를 폐기했어요.')).toBeVisible()
  await expect(page.getByText('아직 만든 키가 없어요.')).toBeVisible()
  expect((await create()).status).toBe(401)
})
