import { applicationNumberPattern, EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'
import { holdScripts } from './support/hold-scripts.ts'

test('submitting an incomplete form shows an error beside each field and focuses the first', async ({
  page,
  shop,
}) => {
  const entry = new EntryPage(page)
  await entry.open((await shop.createEvent()).slug)
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

test('hyphens appear while typing, and the caret stays in place while editing', async ({ page, shop }) => {
  const entry = new EntryPage(page)
  await entry.open((await shop.createEvent()).slug)
  await entry.phone.pressSequentially('0101345678')
  await expect(entry.phone).toHaveValue('010-1345-678')
  // Inserts the missing 2 between 1 and 3.
  await entry.phone.evaluate((field: HTMLInputElement) => field.setSelectionRange(5, 5))
  await page.keyboard.type('2')
  await expect(entry.phone).toHaveValue('010-1234-5678')
  expect(await entry.phone.evaluate((field: HTMLInputElement) => field.selectionStart)).toBe(6)
})

test('an error that appears when a field is left does not swallow the press that left it', async ({
  page,
  shop,
}) => {
  const entry = new EntryPage(page)
  await entry.open((await shop.createEvent()).slug, '?via=sns')
  const label = page.getByText('만 14세 이상이고, 개인정보 수집·이용에 동의해요')
  await entry.phone.pressSequentially('010123')
  await label.scrollIntoViewIfNeeded()
  const box = await label.boundingBox()
  if (!box) throw new Error('The consent box is not visible')
  // At its upper edge, where anything that moves down leaves the press.
  await page.mouse.move(box.x + 10, box.y + 3)
  await page.mouse.down()
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  await page.mouse.up()
  await expect(entry.consent).toBeChecked()
  await expect(page.locator('#field-phoneNumber-error')).toBeVisible()
})

for (const [path, name] of [
  ['', 'the entry form'],
  ['/check', 'the check page'],
] as const)
  test(`a phone number typed before the script runs gets its hyphens on ${name}`, async ({ page, shop }) => {
    const { slug } = await shop.createEvent()
    const release = await holdScripts(page)
    await page.goto(`/e/${slug}${path}`, { waitUntil: 'commit' })
    const phone = page.getByLabel('전화번호', { exact: true })
    await phone.pressSequentially('01012345678')
    await expect(phone).toHaveValue('01012345678')
    release()
    await expect(phone).toHaveValue('010-1234-5678')
  })

test('a second entry with the same phone number is rejected in the form, and nothing typed is lost', async ({
  page,
  shop,
}) => {
  const phone = uniquePhoneNumber()
  const event = await shop.createEnteredEvent(phone)
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
  await expect(page).toHaveTitle(/^오류: /)
  await expect(page.getByRole('alert')).toHaveText('확인할 곳이 1군데 있어요')

  await entry.phone.fill('')
  await expect(page.getByText('이미 참여하신 이벤트입니다')).toBeHidden()
  await entry.phone.pressSequentially(uniquePhoneNumber())
  await entry.submit.click()
  await expect(entry.applicationNumber).toHaveText(applicationNumberPattern)
})

test('a double press creates one entry', async ({ page, shop }) => {
  const event = await shop.createEvent()
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=sns')
  await entry.fill({ phone: uniquePhoneNumber() })
  await entry.submit.dblclick()
  await expect(entry.applicationNumber).toHaveText(applicationNumberPattern)
  expect((await shop.participants(event.id)).items).toHaveLength(1)
})

test('reloading the done page, and going back to the form, lead to the same application number', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  const entry = new EntryPage(page)
  const number = await entry.enter(event.slug)
  await page.reload()
  await expect(entry.applicationNumber).toHaveText(number)

  await page.goBack()
  await expect(page.getByText('이 휴대폰에서 응모하셨어요.')).toBeVisible()
  await page.getByRole('link', { name: '응모 번호 보기' }).click()
  await expect(entry.applicationNumber).toHaveText(number)
  expect((await shop.participants(event.id)).items).toHaveLength(1)
})

test('after a lost connection the form is as it was sent, and sending it again creates no second entry', async ({
  page,
  shop,
  context,
}) => {
  const event = await shop.createEvent()
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=sns')
  await entry.fill({ phone: uniquePhoneNumber() })
  // The entry reaches the server, but its response is lost.
  await page.route('**/e/**', async (route) => {
    if (route.request().method() === 'POST') {
      await route.fetch()
      // The browser never saw its cookies.
      await context.clearCookies()
      await route.abort('connectionreset')
    } else await route.continue()
  })
  for (const goToForm of [() => page.goBack(), () => page.goto(`/e/${event.slug}`)]) {
    await entry.submit.click()
    // The browser's own error page.
    await page.waitForURL('chrome-error://**')
    await goToForm()
    await expect(page.getByText('연결이 끊겨 보내지 못했어요.')).toBeVisible()
    await expect(entry.name).toHaveValue('김하늘')
    await expect(page.locator('input[value=SNS]')).toBeChecked()
    await expect(entry.consent).toBeChecked()
  }
  await page.unroute('**/e/**')
  await entry.submit.click()
  await expect(entry.applicationNumber).toHaveText(applicationNumberPattern)
  expect((await shop.participants(event.id)).items).toHaveLength(1)
})

test('without a connection nothing is sent, and the page says so', async ({ page, shop, context }) => {
  const event = await shop.createEvent()
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=sns')
  await entry.fill({ phone: uniquePhoneNumber() })
  await context.setOffline(true)
  await entry.submit.click()
  await expect(page.getByText('연결이 끊겨 보내지 못했어요.')).toBeVisible()
  await context.setOffline(false)
  await entry.submit.click()
  await expect(entry.applicationNumber).toHaveText(applicationNumberPattern)
})

test('an entry path other than that of the link can be chosen', async ({ page, shop }) => {
  const event = await shop.createEvent()
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=sns')
  await page.getByText('바꾸기').click()
  await expect(page.getByRole('radio', { name: 'SNS' })).toBeChecked()
  await entry.fill({ phone: uniquePhoneNumber(), path: '우리동네TV' })
  await entry.submit.click()
  await expect(entry.applicationNumber).toHaveText(applicationNumberPattern)
  await expect
    .poll(
      async () =>
        (await shop.analytics(event.id)).channels.find((one) => one.entryPath === '우리동네TV')?.count,
    )
    .toBe(1)
})

test('the application number can be copied on a page without a secure context', async ({ page, shop }) => {
  const event = await shop.createEvent()
  const entry = new EntryPage(page)
  await page.addInitScript(() => {
    Object.defineProperty(window, 'isSecureContext', { value: false })
  })
  await entry.enter(event.slug)
  await page.getByRole('button', { name: '번호 복사' }).click()
  await expect(page.getByText('복사했어요')).toBeVisible()
})

test('the ticket can be saved as an image, and the announcement as a calendar entry', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent({ announcementDate: new Date('2027-12-24T05:00:00Z') })
  await new EntryPage(page).enter(event.slug)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '이미지 저장' }).click()
  expect((await download).suggestedFilename()).toMatch(/^eungmo-.*\.png$/)
  const link = await page.getByRole('link', { name: '캘린더에 추가' }).getAttribute('href')
  const file = await page.request.get(link ?? '')
  expect(file.headers()['content-type']).toContain('text/calendar')
  expect(await file.text()).toContain('DTSTART:20271224T050000Z')
  // Two in the afternoon in Korea, whatever the time zones of server and browser.
  await expect(page.getByText('2027년 12월 24일(금) 오후 2시').first()).toBeVisible()
})

test('the way back to the form from the check page leads to a form that checks while typing', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  const entry = new EntryPage(page)
  await page.goto(`/e/${event.slug}/check`)
  await page.getByRole('link', { name: '이벤트로 돌아가기' }).click()
  await entry.phone.pressSequentially('01013456789')
  await expect(entry.phone).toHaveValue('010-1345-6789')
})

test('after a successful entry the browser stores neither name nor phone number', async ({ page, shop }) => {
  const entry = new EntryPage(page)
  const phoneNumber = uniquePhoneNumber()
  await entry.enter((await shop.createEvent()).slug, phoneNumber)
  const stored = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  await expect.poll(stored).not.toContain('김하늘')
  expect(await stored()).not.toContain(phoneNumber.slice(-4))
})
