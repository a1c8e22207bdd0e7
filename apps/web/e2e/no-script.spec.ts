import { applicationNumberPattern, EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'

test.use({ javaScriptEnabled: false })

test('without scripts a customer enters, sees the application number, and sees it again after a reload', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  const entry = new EntryPage(page)
  await entry.open(event.slug)
  await entry.fill({ phone: uniquePhoneNumber(), path: 'SNS' })
  await entry.submit.click()
  await expect(page.getByRole('heading', { name: '응모가 끝났어요' })).toBeVisible()
  await expect(entry.applicationNumber).toHaveText(applicationNumberPattern)
  const number = (await entry.applicationNumber.textContent()) ?? ''
  await page.reload()
  await expect(entry.applicationNumber).toHaveText(number)
  await expect(page.getByRole('button', { name: '번호 복사' })).toHaveCount(0)
})

test('without scripts errors are shown beside their fields, and nothing typed is lost', async ({
  page,
  shop,
}) => {
  const phone = uniquePhoneNumber()
  const event = await shop.createEnteredEvent(phone)
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=sns')
  await entry.name.fill('김하늘')
  await entry.phone.fill('010-12')
  await entry.submit.click()
  await expect(page.getByText('전화번호를 다시 확인해 주세요. 예: 010-1234-5678')).toBeVisible()
  await expect(page.getByText('동의해 주셔야 참여할 수 있어요')).toBeVisible()
  await expect(entry.name).toHaveValue('김하늘')
  await expect(page.getByText('SNS에서 오셨군요')).toBeVisible()

  await entry.phone.fill(phone)
  await entry.consent.check()
  await entry.submit.click()
  await expect(page.getByText('이미 참여하신 이벤트입니다')).toBeVisible()
  await entry.phone.fill(uniquePhoneNumber())
  await entry.submit.click()
  await expect(entry.applicationNumber).toHaveText(applicationNumberPattern)
})
