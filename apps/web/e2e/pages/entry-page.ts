import { expect, type Locator, type Page } from '@playwright/test'
import { untilScriptsRun } from '../support/scripts-run.ts'

/** Page object of the entry form and its done page. */
export class EntryPage {
  readonly page: Page
  readonly name: Locator
  readonly phone: Locator
  readonly consent: Locator
  readonly submit: Locator

  constructor(page: Page) {
    this.page = page
    this.name = page.getByLabel('이름', { exact: true })
    this.phone = page.getByLabel('전화번호')
    this.consent = page.getByLabel('만 14세 이상이고, 개인정보 수집·이용에 동의해요')
    this.submit = page.getByRole('button', { name: '참여하기' })
  }

  async open(slug: string, query = ''): Promise<void> {
    await this.page.goto(`/e/${slug}${query}`)
    await this.#untilScriptsRun()
  }

  /**
   * Lets hyphens, inline checks and what a page stores in the browser work at once. A page whose scripts are blocked is
   * used as it is, after 2 s.
   */
  async #untilScriptsRun(): Promise<void> {
    await untilScriptsRun(this.page, 2_000).catch(() => undefined)
  }

  async fill(person: { name?: string; phone: string; path?: string }): Promise<void> {
    await this.name.fill(person.name ?? '김하늘')
    await this.phone.fill('')
    await this.phone.pressSequentially(person.phone)
    if (person.path) await this.page.getByText(person.path, { exact: true }).click()
    await this.consent.check()
  }

  /** Enters through the link of the channel SNS; resolves to the application number. */
  async enter(slug: string, phone = uniquePhoneNumber()): Promise<string> {
    await this.open(slug, '?via=sns')
    await this.fill({ phone })
    await this.submit.click()
    await expect(this.applicationNumber).toHaveText(applicationNumberPattern)
    // The done page's script stores the receipt in the browser.
    await this.#untilScriptsRun()
    return ((await this.applicationNumber.textContent()) ?? '').trim()
  }

  get applicationNumber(): Locator {
    return this.page.getByTestId('application-number')
  }
}

let lastNumber = 10_000_000
/** A mobile number that no other test uses. */
export const uniquePhoneNumber = (): string => `010${String(++lastNumber)}`

/** An application number as the pages show it. */
export const applicationNumberPattern = /^\s*[0-9A-Z]{4}-[0-9A-Z]{4}\s*$/
