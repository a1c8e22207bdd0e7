import type { Locator, Page } from '@playwright/test'

/** The entry form as a customer's hands see it. */
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
    this.consent = page.getByLabel('[필수] 개인정보 수집·이용에 동의해요')
    this.submit = page.getByRole('button', { name: '참여하기' })
  }

  async open(slug: string, query = ''): Promise<void> {
    await this.page.goto(`/e/${slug}${query}`)
  }

  async fill(person: { name?: string; phone: string; path?: string }): Promise<void> {
    await this.name.fill(person.name ?? '김하늘')
    await this.phone.fill('')
    await this.phone.pressSequentially(person.phone)
    if (person.path) await this.page.getByText(person.path, { exact: true }).click()
    await this.consent.check()
  }

  get number(): Locator {
    return this.page.getByTestId('application-number')
  }
}

let last = 10_000_000
/** A mobile number that no other test has. */
export const newPhone = (): string => `010${String(++last)}`

/** An application number as it is shown. */
export const numberPattern = /^\s*[0-9A-Z]{4}-[0-9A-Z]{4}\s*$/
