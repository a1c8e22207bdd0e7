import { applicationNumberPattern, EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'

const CHANGED = '개인정보 안내가 바뀌었어요. 새 안내를 읽고 다시 동의해 주세요'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('the notice is open above the button, and its full text is one tap away', async ({ page, shop }) => {
      const event = await shop.createEvent()
      const entry = new EntryPage(page)
      await entry.open(event.slug)
      const notice = page.getByRole('region', { name: '개인정보 안내' })
      await expect(notice.locator('p:visible')).toHaveText([
        '이름과 전화번호를 응모 확인과 당첨 연락에만 써요.',
        /지워요\.$/,
        '당첨자는 응모 번호와 이름 첫 글자만 공개해요.',
        '동의하지 않을 수 있고, 그러면 응모할 수 없어요.',
      ])
      await notice.getByText('전문 보기').click()
      const { consent } = await shop.call<{ consent: { text: { ko: string } } }>('GET', `/events/${event.id}`)
      const text = notice.getByText('만 14세 이상만 참여할 수 있습니다.')
      await expect(text).toBeVisible()
      await expect(text).toHaveText(consent.text.ko)
    })

    test('where the notice changed, the form shows the new one, keeps what was typed, and asks again', async ({
      page,
      shop,
    }) => {
      const event = await shop.createEvent()
      const entry = new EntryPage(page)
      await entry.open(event.slug)
      await entry.fill({ name: '박서준', phone: uniquePhoneNumber(), path: '링고비즈' })
      const period = page.getByText(/지워요\.$/)
      const before = (await period.textContent()) ?? ''
      await shop.changeConsentText(event.id)
      await entry.submit.click()

      await expect(page.getByText(CHANGED)).toBeVisible()
      await expect(period).not.toHaveText(before)
      await expect(entry.name).toHaveValue('박서준')
      await expect(entry.phone).not.toHaveValue('')
      await expect(page.getByRole('radio', { name: '링고비즈' })).toBeChecked()
      await expect(entry.consent).not.toBeChecked()
      await expect(entry.consent).toBeFocused()
      expect((await shop.participants(event.id)).items).toHaveLength(0)

      await entry.consent.check()
      await entry.submit.click()
      await expect(entry.applicationNumber).toHaveText(applicationNumberPattern)
    })
  })
}

test('the period is bold and at least 1.2 times as large, and the one box is not ticked', async ({
  page,
  shop,
}) => {
  const entry = new EntryPage(page)
  await entry.open((await shop.createEvent()).slug)
  const style = (text: string | RegExp) =>
    page.getByText(text).evaluate((line) => {
      const { fontSize, fontWeight } = getComputedStyle(line)
      return { size: Number.parseFloat(fontSize), weight: Number(fontWeight) }
    })
  const [normal, period] = [await style('이름과 전화번호를'), await style(/지워요\.$/)]
  expect(normal.size).toBeGreaterThanOrEqual(16)
  expect(period.size).toBeGreaterThanOrEqual(normal.size * 1.2)
  expect(period.weight).toBeGreaterThanOrEqual(700)
  await expect(page.getByRole('checkbox')).toHaveCount(1)
  await expect(entry.consent).not.toBeChecked()
})

test('a screen reader meets the notice, then the box, then the button', async ({ page, shop }) => {
  const entry = new EntryPage(page)
  await entry.open((await shop.createEvent()).slug)
  const tree = await page.locator('form').ariaSnapshot()
  const places = [
    'region "개인정보 안내"',
    '이름과 전화번호를',
    '지워요.',
    '공개해요.',
    '동의하지 않을 수 있고',
    '전문 보기',
    'checkbox "만 14세 이상이고, 개인정보 수집·이용에 동의해요"',
    'button "참여하기"',
  ].map((part) => tree.indexOf(part))
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('a form restored after a lost connection is not ticked where the notice has changed', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=sns')
  await entry.fill({ phone: uniquePhoneNumber() })
  await page.route('**/e/**', (route) =>
    route.request().method() === 'POST' ? route.abort('connectionreset') : route.continue(),
  )
  await entry.submit.click()
  await page.waitForURL('chrome-error://**')
  await page.unroute('**/e/**')
  await shop.changeConsentText(event.id)
  await page.goto(`/e/${event.slug}?via=sns`)
  await expect(page.getByText('연결이 끊겨 보내지 못했어요.')).toBeVisible()
  await expect(entry.name).toHaveValue('김하늘')
  await expect(entry.consent).not.toBeChecked()
  await entry.consent.check()
  await entry.submit.click()
  await expect(entry.applicationNumber).toHaveText(applicationNumberPattern)
})
