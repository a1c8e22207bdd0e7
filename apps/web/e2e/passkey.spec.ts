import { type Connection, connect } from '@eungmo/db/connection/client'
import type { Page } from '@playwright/test'
import { OwnerPage } from './pages/owner-page.ts'
import { createEmptyDatabase } from './support/empty-database.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { test as base, expect } from './support/fixtures.ts'
import { addVirtualAuthenticator } from './support/virtual-authenticator.ts'
import { readiness, startWeb, stopWeb } from './support/web-process.ts'

interface Local {
  page: Page
  sql: Connection['sql']
}

/** An installation of the test's own under a host name: passkeys do not work under an IP address. */
const test = base.extend<{ secondFactor: 'required' | 'optional'; local: Local }>({
  secondFactor: ['optional', { option: true }],
  local: async ({ browser, stack, secondFactor }, use) => {
    const database = await createEmptyDatabase(stack.info.databaseUrl)
    const web = await startWeb({
      DATABASE_URL: database.url,
      SECRET_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
      SECOND_FACTOR: secondFactor,
    })
    const baseURL = web.origin.replace('127.0.0.1', 'localhost')
    const context = await browser.newContext({ baseURL, locale: 'ko-KR' })
    const { sql, close } = connect(database.url, { max: 1 })
    try {
      await expect.poll(() => readiness(web), { timeout: 30_000 }).toEqual({ status: 200, ready: true })
      await use({ page: await context.newPage(), sql })
    } finally {
      await close()
      await context.close()
      await stopWeb(web)
      await database.drop()
    }
  },
})

test.skip(({ browserName }) => browserName !== 'chromium', 'only Chromium has a virtual authenticator')

/** With the host: the address of the sign-in ends the same way. */
const ACCOUNT = /:\d+\/admin\/account$/
const BUTTON = { name: '패스키로 로그인' }

test('an owner adds a passkey, signs in with it alone, renames it and removes it', async ({
  local: { page, sql },
}) => {
  const account = await new OwnerPage(page).signUp('패스키 가게')
  const device = await addVirtualAuthenticator(page)
  await page.goto('/admin/account')
  await page.getByRole('button', { name: '패스키 추가하기' }).click()
  await expect(page.getByRole('status')).toContainText('패스키를 추가했어요.')
  await expect(page.getByText('이름 없는 패스키')).toBeVisible()
  await page.getByRole('button', { name: '패스키 추가하기' }).click()
  await expect(page.getByText('이 기기의 패스키는 이미 있어요.')).toBeVisible()

  await page.getByText('이름 바꾸기').click()
  await page.getByLabel('패스키 이름').fill('계산대 태블릿')
  await expectFitAndAccessible(page, 'the account')
  await page.getByRole('button', { name: '이름 저장' }).click()
  await expect(page.getByText('계산대 태블릿')).toBeVisible()

  await page.context().clearCookies()
  await page.goto('/login?next=/admin/account')
  await expectFitAndAccessible(page, 'the sign-in')
  await page.getByRole('button', BUTTON).click()
  await expect(page).toHaveURL(ACCOUNT)

  // The password alone opens nothing now.
  await page.context().clearCookies()
  await page.goto('/login?next=/admin/account')
  await page.getByLabel('이메일').fill(account.ownerEmail)
  await page.getByLabel('비밀번호').fill(account.ownerPassword)
  await page.getByRole('button', { name: '로그인', exact: true }).click()
  await expect(page.getByText('이 계정에 등록한 패스키로 확인해 주세요.')).toBeVisible()
  await expect(page.getByLabel('인증 코드')).toBeHidden()
  await expectFitAndAccessible(page, 'the second step')
  await page.getByRole('button', BUTTON).click()
  await expect(page).toHaveURL(ACCOUNT)

  await new OwnerPage(page).pressTwice('계산대 태블릿 지우기')
  await expect(page.getByRole('status')).toContainText('패스키를 지웠어요.')
  await expect(page.getByText('계산대 태블릿')).toBeHidden()
  await page.context().clearCookies()
  await page.goto('/login')
  await page.getByRole('button', BUTTON).click()
  await expect(page.getByText('패스키를 확인하지 못했어요.')).toBeVisible()
  await device.remove()

  const lines = await sql`select action from access_log
    where actor_id = (select id from users where email = ${account.ownerEmail}) order by at, id`
  const unknown = await sql`select 1 from access_log where action = 'fail-sign-in' and actor_id is null`
  expect(lines.map(({ action }) => action)).toEqual([
    'sign-in',
    'add-passkey',
    'rename-passkey',
    'sign-in',
    'await-second-factor',
    'sign-in',
    'remove-passkey',
  ])
  expect(unknown.length, 'the removed passkey belongs to no account').toBeGreaterThan(0)
})

test('a device that checks neither PIN nor fingerprint gets no passkey, and signs nobody in', async ({
  local: { page },
}) => {
  await new OwnerPage(page).signUp('잠금 없는 가게')
  // A browser that can be made content with less than the server demands.
  await page.addInitScript(() => {
    const isLenient = () => localStorage.getItem('lenient') !== null
    const { create, get } = CredentialsContainer.prototype
    CredentialsContainer.prototype.create = function (options) {
      const selection = options?.publicKey?.authenticatorSelection
      if (selection && isLenient()) selection.userVerification = 'discouraged'
      return create.call(this, options)
    }
    CredentialsContainer.prototype.get = function (options) {
      if (options?.publicKey && isLenient()) options.publicKey.userVerification = 'discouraged'
      return get.call(this, options)
    }
  })
  const lenient = (isOn: boolean) =>
    page.evaluate((on) => (on ? localStorage.setItem('lenient', '') : localStorage.clear()), isOn)
  const add = page.getByRole('button', { name: '패스키 추가하기' })

  const unlocked = await addVirtualAuthenticator(page, { hasUserVerification: false })
  await page.goto('/admin/account')
  await add.click()
  await expect(page.getByText('패스키를 확인하지 못했어요.')).toBeVisible()
  await lenient(true)
  await add.click()
  await expect(page.getByText('이 기기는 지문·얼굴·PIN을 확인하지 않아서')).toBeVisible()
  await unlocked.remove()

  await lenient(false)
  const device = await addVirtualAuthenticator(page)
  await add.click()
  await expect(page.getByRole('status')).toContainText('패스키를 추가했어요.')
  await device.verifies(false)
  await page.context().clearCookies()
  await page.goto('/login')
  await lenient(true)
  await page.getByRole('button', BUTTON).click()
  await expect(page.getByText('이 기기는 지문·얼굴·PIN을 확인하지 않아서')).toBeVisible()
  await page.goto('/admin/account')
  await expect(page).toHaveURL(/\/login/)
})

test('without scripts, or under an IP address, there is no button, and the rest works', async ({
  browser,
  shop,
}) => {
  const context = await browser.newContext({ baseURL: shop.stack.baseUrl, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto('/login?next=/admin/account')
  await expect(page.getByRole('button', BUTTON)).toBeHidden()
  await page.getByLabel('이메일').fill(shop.stack.ownerEmail)
  await page.getByLabel('비밀번호').fill(shop.stack.ownerPassword)
  await page.getByRole('button', { name: '로그인' }).click()
  await expect(page.getByRole('heading', { name: '패스키' })).toBeVisible()
  await expect(page.getByRole('button', { name: '패스키 추가하기' })).toBeHidden()
  await context.close()
  const scripted = await browser.newPage({ baseURL: shop.stack.baseUrl })
  await scripted.goto('/login')
  await expect(scripted.getByRole('button', { name: '로그인', exact: true })).toBeEnabled()
  await expect(scripted.getByRole('button', BUTTON)).toBeHidden()
  await scripted.close()
})

test.describe('where a second factor is required', () => {
  test.use({ secondFactor: 'required' })

  test('a passkey meets it, and without one left it is required again', async ({ local: { page } }) => {
    await addVirtualAuthenticator(page)
    await page.goto('/sign-up')
    await page.getByLabel('매장 이름').fill('지키는 가게')
    await page.getByLabel('사장님 이름').fill('사장님')
    await page.getByLabel('이메일').fill('owner@strict.test')
    await page.getByLabel('비밀번호').fill('long-enough-password')
    await page.getByRole('button', { name: '시작하기' }).click()
    await page.getByRole('heading', { name: '이제 로그인해 주세요' }).waitFor()
    await page.getByLabel('비밀번호').fill('long-enough-password')
    await page.getByRole('button', { name: '로그인', exact: true }).click()
    await expect(page.getByRole('heading', { name: '2단계 인증 켜기' })).toBeVisible()
    await expectFitAndAccessible(page, 'the set-up')
    await page.getByRole('button', { name: '패스키 추가하기' }).click()
    await expect(page).toHaveURL(/\/admin\/events$/)

    await page.context().clearCookies()
    await page.goto('/login?next=/admin/account')
    await page.getByRole('button', BUTTON).click()
    await expect(page).toHaveURL(ACCOUNT)
    await new OwnerPage(page).pressTwice('이름 없는 패스키 지우기')
    await expect(page).toHaveURL(/\/second-factor\?next=/)
    await page.goto('/admin/events')
    await expect(page).toHaveURL(/\/second-factor\?next=/)
  })
})
