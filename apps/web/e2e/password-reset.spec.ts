import { AxeBuilder } from '@axe-core/playwright'
import {
  startTestMailServer,
  type TestMailServer,
} from '../../../packages/api/test/support/test-mail-server.ts'
import { test as base, expect } from './support/new-installation.ts'

const EMAIL = 'owner@mail.test'
const PASSWORD = 'long-enough-password'
const NEW_PASSWORD = 'another-long-password'

const test = base.extend<{ mailServer: TestMailServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
  mailServer: async ({}, use) => {
    const server = await startTestMailServer()
    await use(server)
    await server.stop()
  },
  settings: async ({ mailServer }, use) => {
    await use({ SIGN_UP: 'open', SMTP_URL: mailServer.url, MAIL_FROM: '응모 <no-reply@mail.test>' })
  },
})

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('an owner who forgot the password sets a new one by e-mail, with a link that stays in no address', async ({
      page,
      installation: { web },
      mailServer,
    }) => {
      const path = (to: string) => `${web.origin}${to}`
      await page.request.post(path('/sign-up'), {
        form: { shopName: '메일 가게', name: '김사장', email: EMAIL, password: PASSWORD },
        headers: { origin: web.origin, accept: 'text/html' },
      })
      await page.goto(path('/login'))
      await page.getByRole('link', { name: '비밀번호를 잊었어요' }).click()
      // The page before has a field of the same name.
      await expect(page.getByRole('button', { name: '링크 받기' })).toBeVisible()
      await page.getByLabel('이메일').fill(EMAIL)
      await page.getByRole('button', { name: '링크 받기' }).click()
      await expect(page.getByRole('heading', { name: '메일을 확인해 주세요' })).toBeVisible()
      await expect.poll(() => mailServer.received.length).toBe(1)
      const [mail] = mailServer.received
      expect(mail?.subject).toBe('응모 비밀번호 다시 정하기')
      const link = /\/reset-password\/\S+/.exec(mail?.text ?? '')?.[0] ?? ''

      const sent: string[] = []
      page.on('request', (request) => sent.push(request.headers().referer ?? ''))
      await page.goto(path(link))
      await expect(page).toHaveURL(path('/reset-password'))
      if (javaScriptEnabled) {
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id }) => id)).toEqual([])
      }
      await page.getByLabel('새 비밀번호').fill('1234567890')
      await page.getByRole('button', { name: '비밀번호 바꾸기' }).click()
      await expect(page.getByLabel('새 비밀번호')).toHaveAccessibleDescription(/짐작하기 쉬운/)
      await page.getByLabel('새 비밀번호').fill(NEW_PASSWORD)
      await page.getByRole('button', { name: '비밀번호 바꾸기' }).click()
      await expect(page.getByRole('heading', { name: '비밀번호를 바꿨어요' })).toBeVisible()
      await page.getByLabel('비밀번호').fill(NEW_PASSWORD)
      await page.getByRole('button', { name: '로그인' }).click()
      await page.waitForURL('**/admin/events')
      expect(sent.filter((referer) => referer.includes('/reset-password/'))).toEqual([])

      await page.context().clearCookies()
      await page.goto(path(link))
      await expect(page.getByRole('heading', { name: '쓸 수 없는 링크예요' })).toBeVisible()
    })
  })
}
