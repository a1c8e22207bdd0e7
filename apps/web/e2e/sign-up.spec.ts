import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './support/new-installation.ts'

const PASSWORD = 'long-enough-password'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('the first owner signs up with the setup code, invites staff, and nobody else signs up', async ({
      page,
      installation: { web, setupLine },
    }) => {
      const code = /setup code (\S+)$/.exec(setupLine().trim())?.[1] ?? ''
      const path = (to: string) => `${web.origin}${to}`
      await page.goto(path('/sign-up'))
      const fill = async (setupCode: string) => {
        await page.getByLabel('설치 코드').fill(setupCode)
        await page.getByLabel('매장 이름').fill('첫 가게')
        await page.getByLabel('사장님 이름').fill('첫 사장님')
        await page.getByLabel('이메일').fill('owner@first.test')
        await page.getByLabel('비밀번호').fill(PASSWORD)
        await page.getByRole('button', { name: '시작하기' }).click()
      }
      await fill('abcd-efgh-jkmn-pqrs')
      await expect(page.getByLabel('설치 코드')).toHaveAccessibleDescription(
        /설치 코드가 맞지 않거나 이미 쓰였어요./,
      )
      await expect(page.getByLabel('매장 이름')).toHaveValue('첫 가게')
      await fill(code)
      await page.getByRole('heading', { name: '이제 로그인해 주세요' }).waitFor()
      await page.getByLabel('비밀번호').fill(PASSWORD)
      await page.getByRole('button', { name: '로그인' }).click()
      await page.waitForURL('**/admin/events')
      expect(setupLine()).toBe('')

      await page.goto(path('/admin/settings'))
      await page.getByLabel('초대할 직원의 이메일').fill('staff@first.test')
      await page.getByRole('button', { name: '직원 초대' }).click()
      const link = await page.locator('[data-invitation]').getAttribute('data-invitation')

      const stranger = page
      await page.context().clearCookies()
      await stranger.goto(path('/sign-up'))
      await expect(stranger.getByText('초대받은 분만 가입할 수 있어요.')).toBeVisible()
      await expect(stranger.getByRole('link', { name: 'help@eungmo.test' })).toBeVisible()
      await expect(stranger.getByRole('button', { name: '시작하기' })).toHaveCount(0)
      const posted = await stranger.request.post(path('/sign-up'), {
        form: { shopName: '가게', name: '낯선 사람', email: 'x@first.test', password: PASSWORD },
        headers: { origin: web.origin, accept: 'text/html' },
      })
      expect(posted.status()).toBe(400)

      await stranger.goto(path(new URL(link ?? '').pathname))
      await stranger.getByLabel('이름').fill('새 직원')
      await stranger.getByLabel('비밀번호').fill(PASSWORD)
      await stranger.getByRole('button', { name: '계정 만들기' }).click()
      await stranger.getByRole('heading', { name: '이제 로그인해 주세요' }).waitFor()
      await stranger.getByLabel('비밀번호').fill(PASSWORD)
      await stranger.getByRole('button', { name: '로그인' }).click()
      await stranger.getByRole('button', { name: '함께하기' }).click()
      await expect(stranger).toHaveURL(/\/admin\/(events|shops)$/)
    })
  })
}

test('the pages of sign-up by invitation have no accessibility violations', async ({
  page,
  installation: { web, setupLine },
}) => {
  const violations = async (path: string) => {
    await page.goto(web.origin + path)
    return (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)
  }
  expect(setupLine()).toContain('setup code')
  expect(await violations('/sign-up')).toEqual([])
  expect(await violations('/login?error=SIGN_UP_NOT_ALLOWED')).toEqual([])
  expect(await violations('/forgot-password')).toEqual([])
  await expect(page.getByText('이 서버는 이메일을 보내지 않아요.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'help@eungmo.test' })).toBeVisible()
})
