import { OwnerPage } from './pages/owner-page.ts'
import { createAuthenticator } from './support/authenticator.ts'
import { createEmptyDatabase } from './support/empty-database.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import { readiness, startWeb, stopWeb } from './support/web-process.ts'

const EVENTS = /\/admin\/events$/

test('an owner turns two-step sign-in on, signs in with a code and with a recovery code, and turns it off', async ({
  page,
  browser,
  shop,
}) => {
  const account = await new OwnerPage(page).signUp('두 단계 가게')
  await page.goto('/admin/account')
  await page.getByRole('link', { name: '2단계 인증 켜기' }).click()
  await expectFitAndAccessible(page, 'before the set-up')
  await page.getByRole('button', { name: '인증 앱 연결하기' }).click()
  await expect(page.getByRole('img', { name: 'QR 코드' })).toBeVisible()
  await expectFitAndAccessible(page, 'the set-up')
  const nextCode = createAuthenticator((await page.locator('code').textContent()) ?? '')
  await page.getByLabel('앱에 보이는 6자리 숫자').fill('000000')
  await page.getByRole('button', { name: '2단계 인증 켜기' }).click()
  await expect(page.getByLabel('앱에 보이는 6자리 숫자')).toHaveAccessibleDescription(/코드가 맞지 않아요/)
  await page.getByLabel('앱에 보이는 6자리 숫자').fill(await nextCode())
  await page.getByRole('button', { name: '2단계 인증 켜기' }).click()
  await expect(page.getByRole('heading', { name: '복구 코드' })).toBeVisible()
  const codes = await page.getByRole('list', { name: '복구 코드' }).getByRole('listitem').allInnerTexts()
  expect(new Set(codes).size).toBe(10)
  await expectFitAndAccessible(page, 'recovery codes')
  await page.getByRole('link', { name: '적어 두었어요' }).click()
  await expect(page.getByText('남은 복구 코드는 10개예요')).toBeVisible()

  // Without scripts.
  const plain = await browser.newContext({ baseURL: shop.stack.baseUrl, javaScriptEnabled: false })
  const other = await plain.newPage()
  const enterPassword = async () => {
    await other.goto('/login?next=/admin/account')
    await other.getByLabel('이메일').fill(account.ownerEmail)
    await other.getByLabel('비밀번호').fill(account.ownerPassword)
    await other.getByRole('button', { name: '로그인' }).click()
    await expect(other.getByRole('heading', { name: '2단계 인증' })).toBeVisible()
  }
  await enterPassword()
  await other.getByLabel('인증 코드').fill('12')
  await other.getByRole('button', { name: '확인' }).click()
  await expect(other.getByLabel('인증 코드')).toHaveAccessibleDescription(/코드가 맞지 않아요/)
  const code = await nextCode()
  await other.getByLabel('인증 코드').fill(`${code.slice(0, 3)} ${code.slice(3)}`)
  await other.getByRole('button', { name: '확인' }).click()
  await expect(other).toHaveURL(/\/admin\/account$/)

  await plain.clearCookies()
  await enterPassword()
  await other.getByRole('link', { name: '복구 코드로 로그인' }).click()
  await other.getByLabel('복구 코드').fill(codes[0] ?? '')
  await other.getByLabel('30일 동안 묻지 않기').check()
  await other.getByRole('button', { name: '확인' }).click()
  await expect(other).toHaveURL(/\/admin\/account$/)
  await expect(other.getByText('남은 복구 코드는 9개예요')).toBeVisible()

  // Renewed without scripts: shown this once.
  await new OwnerPage(other).pressTwice('복구 코드 새로 만들기')
  const renewed = await other.getByRole('list', { name: '복구 코드' }).getByRole('listitem').allInnerTexts()
  expect(renewed).toHaveLength(10)
  expect(renewed).not.toContain(codes[1])
  await other.goto('/admin/account')
  await expect(other.getByRole('list', { name: '복구 코드' })).toBeHidden()
  await plain.close()

  await page.reload()
  await expectFitAndAccessible(page, 'account')
  await new OwnerPage(page).pressTwice('2단계 인증 끄기')
  await expect(page.getByRole('status')).toContainText('2단계 인증을 껐어요.')
  await page.context().clearCookies()
  await new OwnerPage(page).signIn(account)
})

test('where a second factor is required, nothing opens before it is set up', async ({ browser, stack }) => {
  const database = await createEmptyDatabase(stack.info.databaseUrl)
  const web = await startWeb({
    DATABASE_URL: database.url,
    SECRET_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    SECOND_FACTOR: 'required',
  })
  const baseURL = web.origin.replace('127.0.0.1', 'localhost')
  const context = await browser.newContext({ baseURL, locale: 'ko-KR', colorScheme: 'dark' })
  try {
    await expect.poll(() => readiness(web), { timeout: 30_000 }).toEqual({ status: 200, ready: true })
    const page = await context.newPage()
    await page.goto('/sign-up')
    await page.getByLabel('매장 이름').fill('지키는 가게')
    await page.getByLabel('사장님 이름').fill('사장님')
    await page.getByLabel('이메일').fill('owner@strict.test')
    await page.getByLabel('비밀번호').fill('long-enough-password')
    await page.getByRole('button', { name: '시작하기' }).click()
    await page.getByRole('heading', { name: '이제 로그인해 주세요' }).waitFor()
    await page.getByLabel('비밀번호').fill('long-enough-password')
    await page.getByRole('button', { name: '로그인' }).click()
    await expect(page.getByRole('heading', { name: '2단계 인증 켜기' })).toBeVisible()
    await expectFitAndAccessible(page, 'the set-up in the dark')

    for (const path of [
      '/admin/events',
      '/admin/settings',
      '/admin/account',
      '/admin/api-keys',
      '/welcome',
    ]) {
      await page.goto(path)
      await expect(page, path).toHaveURL(/\/second-factor\?next=/)
    }
    const { request } = context
    for (const path of ['/api/trpc/events.list', '/api/trpc/shops.details', '/api/trpc/apiKeys.list'])
      expect((await request.get(path)).status(), path).toBe(403)
    const created = await request.post('/api/v1/events', { data: {}, headers: { origin: baseURL } })
    expect(created.status()).toBe(403)
    expect(await created.json()).toMatchObject({ code: 'SECOND_FACTOR_REQUIRED' })

    await page.goto('/second-factor?next=/admin/settings')
    await page.getByRole('button', { name: '인증 앱 연결하기' }).click()
    const nextCode = createAuthenticator((await page.locator('code').textContent()) ?? '')
    await page.getByLabel('앱에 보이는 6자리 숫자').fill(await nextCode())
    await page.getByRole('button', { name: '2단계 인증 켜기' }).click()
    await page.getByRole('link', { name: '적어 두었어요' }).click()
    await expect(page).toHaveURL(/\/admin\/settings$/)
    await page.goto('/admin/events')
    await expect(page).toHaveURL(EVENTS)
    expect((await request.get('/api/trpc/shops.details')).status()).toBe(200)
  } finally {
    await context.close()
    await stopWeb(web)
    await database.drop()
  }
})
