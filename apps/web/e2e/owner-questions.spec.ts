import type { Page } from '@playwright/test'
import { OwnerPage } from './pages/owner-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'

interface Question {
  name: string
  question: string
  /** Whether axe can look at it: it needs scripts. */
  isChecked: boolean
}

/** The first press asks, in words that say what is lost; the second does it. */
async function expectQuestion(page: Page, { name, question, isChecked }: Question): Promise<void> {
  const posts: string[] = []
  const watch = (request: { method(): string; url(): string }) => {
    if (request.method() === 'POST' && request.url().includes('?/')) posts.push(request.url())
  }
  page.on('request', watch)
  await page.locator(`summary[aria-label="${name}"]`).click()
  await expect(page.getByText(question)).toBeVisible()
  if (isChecked) await expectFitAndAccessible(page, name)
  expect(posts).toEqual([])
  page.off('request', watch)
  await page.getByRole('button', { name }).click()
}

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    // Signing up takes scripts for the second browser only.
    test.use({ javaScriptEnabled })

    test('an invitation is cancelled and a device signed out after a question', async ({ page, browser }) => {
      const owner = new OwnerPage(page)
      const account = await owner.signUp('묻는 가게')

      await page.goto('/admin/settings')
      const address = `invited-${crypto.randomUUID()}@example.test`
      await page.getByLabel('초대할 직원의 이메일').fill(address)
      await page.getByRole('button', { name: '직원 초대' }).click()
      await expect(page.getByText(address).first()).toBeVisible()
      await expectQuestion(page, {
        name: `${address} 초대 취소`,
        question: '보낸 링크로는 더 이상 들어올 수 없어요.',
        isChecked: javaScriptEnabled,
      })
      await expect(page.locator('[data-invitation]')).toHaveCount(0)

      const otherContext = await browser.newContext({ userAgent: 'Mozilla/5.0 (Macintosh) Firefox/140.0' })
      await new OwnerPage(await otherContext.newPage()).signIn(account)
      await page.goto('/admin/account')
      const other = page.locator('summary[aria-label$="로그아웃"]')
      const name = (await other.getAttribute('aria-label')) ?? ''
      await expectQuestion(page, {
        name,
        question: '그 기기에서는 다시 로그인해야 해요.',
        isChecked: javaScriptEnabled,
      })
      await expect(page.getByText('그 기기에서 로그아웃했어요.')).toBeVisible()
      await expect(other).toHaveCount(0)
      await otherContext.close()
    })
  })
