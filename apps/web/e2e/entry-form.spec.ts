import { EntryPage, newPhone, numberPattern } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'

test('pressing with gaps says what is missing beside each field and goes to the first', async ({
  page,
  shop,
}) => {
  const entry = new EntryPage(page)
  await entry.open((await shop.event()).slug)
  await entry.submit.click()
  await expect(page.getByText('이름을 적어 주세요')).toBeVisible()
  await expect(page.getByText('전화번호를 적어 주세요')).toBeVisible()
  await expect(page.getByText('어디서 보셨는지 골라 주세요')).toBeVisible()
  await expect(page.getByText('동의해 주셔야 참여할 수 있어요')).toBeVisible()
  await expect(entry.name).toBeFocused()
  await expect(page.getByRole('alert')).toHaveText('확인할 곳이 4군데 있어요')

  await entry.name.fill('김')
  await expect(page.getByText('이름을 2자 이상 적어 주세요')).toBeVisible()
  await entry.name.fill('김하늘')
  await expect(page.getByText('이름을 2자 이상 적어 주세요')).toBeHidden()
})

test('hyphens appear while typing, and the caret stays where one edits', async ({ page, shop }) => {
  const entry = new EntryPage(page)
  await entry.open((await shop.event()).slug)
  await entry.phone.pressSequentially('0101345678')
  await expect(entry.phone).toHaveValue('010-1345-678')
  // The 2 that was forgotten, between 1 and 3.
  await entry.phone.evaluate((field: HTMLInputElement) => field.setSelectionRange(5, 5))
  await page.keyboard.type('2')
  await expect(entry.phone).toHaveValue('010-1234-5678')
  expect(await entry.phone.evaluate((field: HTMLInputElement) => field.selectionStart)).toBe(6)
})

test('a second entry with the same number is refused in the form, and nothing typed is lost', async ({
  page,
  shop,
}) => {
  const event = await shop.event()
  const phone = newPhone()
  await shop.enter(event.id, phone)
  const entry = new EntryPage(page)
  await entry.open(event.slug)
  await entry.fill({ name: '박서준', phone, path: '링고비즈' })
  await entry.submit.click()
  await expect(page.getByText('이미 참여하신 이벤트입니다')).toBeVisible()
  await expect(entry.phone).toBeFocused()
  await expect(entry.name).toHaveValue('박서준')
  await expect(page.getByRole('radio', { name: '링고비즈' })).toBeChecked()
  await expect(entry.consent).toBeChecked()
  await expect(page.getByRole('link', { name: '내 응모 확인하기' })).toBeVisible()

  await entry.phone.fill('')
  await expect(page.getByText('이미 참여하신 이벤트입니다')).toBeHidden()
  await entry.phone.pressSequentially(newPhone())
  await entry.submit.click()
  await expect(entry.number).toHaveText(numberPattern)
})

test('a double press makes one entry', async ({ page, shop }) => {
  const event = await shop.event()
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=sns')
  await entry.fill({ phone: newPhone() })
  await entry.submit.dblclick()
  await expect(entry.number).toHaveText(numberPattern)
  expect((await shop.participants(event.id)).items).toHaveLength(1)
})

test('a reload of the done page, and Back with another press, show the same number', async ({
  page,
  shop,
}) => {
  const event = await shop.event()
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=sns')
  await entry.fill({ phone: newPhone() })
  await entry.submit.click()
  await expect(entry.number).toHaveText(numberPattern)
  const number = (await entry.number.textContent()) ?? ''
  await page.reload()
  await expect(entry.number).toHaveText(number)

  await page.goBack()
  await expect(page.getByText('이 휴대폰에서 응모하셨어요.')).toBeVisible()
  await page.getByRole('link', { name: '응모 번호 보기' }).click()
  await expect(entry.number).toHaveText(number)
  expect((await shop.participants(event.id)).items).toHaveLength(1)
})

test('a lost connection is said, and the press after it makes the one entry', async ({ page, shop }) => {
  const event = await shop.event()
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=sns')
  await entry.fill({ phone: newPhone() })
  // The entry arrives, its answer does not.
  await page.route('**/e/**', async (route) => {
    if (route.request().method() === 'POST') {
      await route.fetch()
      await route.abort('connectionreset')
    } else await route.continue()
  })
  await entry.submit.click()
  await expect(page.getByText('연결이 끊겨 보내지 못했어요.')).toBeVisible()
  await expect(entry.name).toHaveValue('김하늘')
  await page.unroute('**/e/**')
  await entry.submit.click()
  await expect(entry.number).toHaveText(numberPattern)
  expect((await shop.participants(event.id)).items).toHaveLength(1)
})

test('another path can be chosen than the one the link carries', async ({ page, shop }) => {
  const event = await shop.event()
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=sns')
  await page.getByRole('button', { name: '바꾸기' }).click()
  await expect(page.getByRole('radio', { name: 'SNS' })).toBeChecked()
  await entry.fill({ phone: newPhone(), path: '우리동네TV' })
  await entry.submit.click()
  await expect(entry.number).toHaveText(numberPattern)
  await expect
    .poll(
      async () =>
        (await shop.analytics(event.id)).channels.find((one) => one.entryPath === '우리동네TV')?.count,
    )
    .toBe(1)
})

test('the number can be copied on a page without a secure context', async ({ page, shop }) => {
  const event = await shop.event()
  const entry = new EntryPage(page)
  await page.addInitScript(() => {
    Object.defineProperty(window, 'isSecureContext', { value: false })
  })
  await entry.open(event.slug, '?via=sns')
  await entry.fill({ phone: newPhone() })
  await entry.submit.click()
  await page.getByRole('button', { name: '번호 복사' }).click()
  await expect(page.getByText('복사했어요')).toBeVisible()
})

test('the ticket can be saved as an image, and the announcement as a calendar entry', async ({
  page,
  shop,
}) => {
  const event = await shop.event({ announcementDate: new Date('2027-12-24T05:00:00Z') })
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=sns')
  await entry.fill({ phone: newPhone() })
  await entry.submit.click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '이미지 저장' }).click()
  expect((await download).suggestedFilename()).toMatch(/^eungmo-.*\.png$/)
  const link = await page.getByRole('link', { name: '캘린더에 추가' }).getAttribute('href')
  const file = await page.request.get(link ?? '')
  expect(file.headers()['content-type']).toContain('text/calendar')
  expect(await file.text()).toContain('DTSTART:20271224T050000Z')
  // In Korea it is two in the afternoon, wherever server and browser are.
  await expect(page.getByText('2027년 12월 24일(금) 오후 2시').first()).toBeVisible()
})
