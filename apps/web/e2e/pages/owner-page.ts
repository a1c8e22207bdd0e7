import type { Page } from '@playwright/test'
import { untilScriptsRun } from '../support/scripts-run.ts'
import type { StackInfo } from '../support/stack-info.ts'

/** Page object of the owner's pages. */
export class OwnerPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async signIn({
    ownerEmail,
    ownerPassword,
  }: Pick<StackInfo, 'ownerEmail' | 'ownerPassword'>): Promise<void> {
    await this.page.goto('/login')
    await this.page.getByLabel('이메일').fill(ownerEmail)
    await this.page.getByLabel('비밀번호').fill(ownerPassword)
    await this.page.getByRole('button', { name: '로그인' }).click()
    await this.page.waitForURL('**/admin/events')
  }

  /** Signs in without a page, which takes a third of the time. The pages of signing in have tests of their own. */
  async signInByRequest({ baseUrl, ownerEmail, ownerPassword }: StackInfo): Promise<void> {
    const response = await this.page.request.post(`${baseUrl}/login`, {
      form: { email: ownerEmail, password: ownerPassword },
      headers: { origin: baseUrl, accept: 'text/html' },
      maxRedirects: 0,
    })
    if (response.status() !== 303) throw new Error(`signing in returned ${response.status()}`)
  }

  /** Signs up with a new shop; resolves to its sign-in. */
  async signUp(shopName: string): Promise<{ ownerEmail: string; ownerPassword: string }> {
    const ownerEmail = `owner-${crypto.randomUUID()}@example.test`
    const ownerPassword = 'long-enough-password'
    await this.page.goto('/sign-up')
    await this.page.getByLabel('매장 이름').fill(shopName)
    await this.page.getByLabel('사장님 이름').fill('새 사장님')
    await this.page.getByLabel('이메일').fill(ownerEmail)
    await this.page.getByLabel('비밀번호').fill(ownerPassword)
    await this.page.getByRole('button', { name: '시작하기' }).click()
    await this.page.getByRole('heading', { name: '이제 로그인해 주세요' }).waitFor()
    await this.page.getByLabel('비밀번호').fill(ownerPassword)
    await this.page.getByRole('button', { name: '로그인' }).click()
    await this.page.waitForURL('**/admin/events')
    return { ownerEmail, ownerPassword }
  }

  /** Presses what asks first: once for the question, and once to confirm. */
  async pressTwice(name: string): Promise<void> {
    await this.page.locator(`summary[aria-label="${name}"]`).click()
    await this.page.getByRole('button', { name }).click()
  }

  async open(eventId: string, tab: 'overview' | 'participants' | 'channels' | 'draw'): Promise<void> {
    await this.page.goto(`/admin/events/${eventId}/${tab}`)
    await untilScriptsRun(this.page)
  }

  get total() {
    return this.page.getByTestId('live-total')
  }

  get liveStatus() {
    return this.page.getByTestId('live-status')
  }

  /** Hides or shows the page as a change of tabs does; a headless browser shows all of them. */
  async show(state: 'visible' | 'hidden'): Promise<void> {
    await this.page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  }

  get dialog() {
    return this.page.getByRole('dialog')
  }
}
