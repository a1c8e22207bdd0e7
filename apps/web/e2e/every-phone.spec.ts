import type { Locator } from '@playwright/test'
import { applicationNumberPattern, EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'

const national = (phone: string) => phone.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1-$2-$3')

/** Leaves a field for another until the message shows: the page's scripts may load after the first time. */
const leaveUntil = (field: Locator, other: Locator, message: Locator) =>
  expect(async () => {
    await field.focus()
    await other.focus()
    await expect(message).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 10_000 })

test('a number as other apps paste it enters as the same number', async ({ page, shop }) => {
  const event = await shop.createEvent()
  const entry = new EntryPage(page)
  const spellings = [
    (phone: string) => `82${phone.slice(1)}`,
    (phone: string) => `82 10 ${phone.slice(3, 7)} ${phone.slice(7)}`,
    (phone: string) => `0082 10-${phone.slice(3, 7)}-${phone.slice(7)}`,
    (phone: string) => `\u202d+82 10-${phone.slice(3, 7)}-${phone.slice(7)}\u202c`,
    (phone: string) => `\u2068${national(phone)}\u2069`,
  ]
  for (const spell of spellings) {
    const phone = uniquePhoneNumber()
    await entry.open(event.slug, '?via=sns')
    await entry.fill({ phone: '' })
    await entry.phone.fill(spell(phone))
    await entry.submit.click()
    await expect(entry.applicationNumber).toHaveText(applicationNumberPattern)
    const { items } = await shop.participants(event.id)
    expect(items.map(({ phoneNumber }) => phoneNumber)).toContain(national(phone))
  }
})

test('a surplus digit is reported and never dropped', async ({ page, shop }) => {
  const event = await shop.createEvent()
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=sns')
  await entry.fill({ phone: '' })
  for (const typed of ['010-1234-56789', '010123456781']) {
    await entry.phone.fill('')
    await entry.phone.pressSequentially(typed)
    await entry.name.focus()
    await entry.submit.click()
    await expect(page.getByText('전화번호를 다시 확인해 주세요')).toBeVisible()
    await expect(entry.phone).toHaveValue(/^010-1234-567\d\d$/)
  }
  expect((await shop.participants(event.id)).items).toHaveLength(0)
})

test('a 050 number is rejected beside the field, with what helps', async ({ page, shop }) => {
  const entry = new EntryPage(page)
  await entry.open((await shop.createEvent()).slug, '?via=sns')
  await entry.phone.pressSequentially('050712345678')
  await leaveUntil(entry.phone, entry.name, page.getByText('안심번호(050)로는 응모할 수 없어요.'))
})

test('a name of one character is rejected with a way to enter', async ({ page, shop }) => {
  const entry = new EntryPage(page)
  await entry.open((await shop.createEvent()).slug, '?via=sns')
  await entry.name.fill('엄')
  await leaveUntil(entry.name, entry.phone, page.getByText('한 글자 이름은 성과 함께 적어 주세요.'))
})

test('where no script can be loaded the form is submitted by the browser', async ({ page, shop }) => {
  await page.route(/\.js$/, (route) => route.abort())
  await new EntryPage(page).enter((await shop.createEvent()).slug)
})

test('where a check of the form throws, the server checks', async ({ page, shop }) => {
  await page.addInitScript(() => {
    String.prototype.normalize = () => {
      throw new Error('This browser is broken.')
    }
  })
  const entry = new EntryPage(page)
  await entry.open((await shop.createEvent()).slug, '?via=sns')
  await entry.name.fill('김')
  await entry.phone.pressSequentially(uniquePhoneNumber())
  await entry.consent.check()
  await entry.submit.click()
  await expect(page.getByText('이름을 2자 이상')).toBeVisible()
  await entry.name.fill('김하늘')
  await entry.submit.click()
  await expect(entry.applicationNumber).toHaveText(applicationNumberPattern)
})

test('where a script throws while the form is sent, the browser sends it', async ({ page, shop }) => {
  const event = await shop.createEvent()
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=sns')
  await entry.fill({ phone: uniquePhoneNumber() })
  await page.evaluate(() => {
    Object.keys = () => {
      throw new Error('This browser is broken.')
    }
  })
  await entry.submit.click()
  await expect(entry.applicationNumber).toHaveText(applicationNumberPattern)
  expect((await shop.participants(event.id)).items).toHaveLength(1)
})
