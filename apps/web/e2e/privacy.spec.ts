import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('every customer page of an event leads to its privacy policy, which names who is responsible', async ({
      page,
      shop,
    }) => {
      const event = await shop.createEvent()
      const entry = new EntryPage(page)
      await entry.open(event.slug, '?via=sns')
      await entry.fill({ phone: uniquePhoneNumber() })
      await entry.submit.click()
      await expect(entry.applicationNumber).toBeVisible()
      for (const path of ['', '/done', '/check', '/winners']) {
        await page.goto(`/e/${event.slug}${path}`)
        await page.getByRole('link', { name: '개인정보 처리방침' }).click()
        await expect(page).toHaveURL(`/e/${event.slug}/privacy`)
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('개인정보 처리방침')
      }
      const rows = page.locator('dl > div')
      await expect(rows.filter({ hasText: '개인정보처리자' })).toContainText('링고베이커리')
      await expect(rows.filter({ hasText: '문의' }).getByRole('link')).toHaveText(shop.stack.ownerEmail)
      await expect(rows.filter({ hasText: '처리를 맡은 곳' })).toContainText('매장이 직접 운영하고')
      await expect(page.getByText('백업에는 최대 30일')).toBeVisible()
      await page.getByText('동의한 내용 (제1판)').click()
      const { consent } = await shop.call<{ consent: { text: { ko: string } } }>('GET', `/events/${event.id}`)
      await expect(page.getByText('만 14세 이상만 참여할 수 있습니다.')).toHaveText(consent.text.ko)
    })
  })
}

test('the privacy policy names the address of a winner where a prize is delivered, and else the day', async ({
  page,
  shop,
}) => {
  const picked = await shop.createEvent()
  await page.goto(`/e/${picked.slug}/privacy`)
  await expect(page.getByText('찾으러 오는 날. 경품을 준비하고')).toBeVisible()
  await expect(page.getByText('받는 분 이름과 주소')).toHaveCount(0)
  await expect(page.getByText('경품을 전달한 지 30일이 되면')).toBeVisible()
  const delivered = await shop.createEvent({
    winnerCount: 1,
    prizes: [{ name: '케이크', count: 1, isDelivered: true }],
  })
  await page.goto(`/e/${delivered.slug}/privacy`)
  await expect(page.getByText('받는 분 이름과 주소. 경품을 보내는 데에만 써요.')).toBeVisible()
  await expect(page.getByText('찾으러 오는 날')).toHaveCount(0)
  await page.goto(`/e/${delivered.slug}/privacy?lang=en`)
  await expect(page.getByText('Recipient’s name and address of a winner')).toBeVisible()
})

test('the pages below an event are set in the font with every Korean character', async ({ page, shop }) => {
  const event = await shop.createEvent()
  for (const path of ['/done', '/check', '/winners', '/privacy']) {
    await page.goto(`/e/${event.slug}${path}`, { waitUntil: 'networkidle' })
    const family = await page.evaluate(() => getComputedStyle(document.body).fontFamily)
    expect(family, path).toContain('Pretendard Variable')
  }
})

test('the privacy policy is there in English', async ({ page, shop }) => {
  const event = await shop.createEvent()
  await page.goto(`/e/${event.slug}/privacy?lang=en`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Privacy policy')
  await page.getByText('What entrants agree to (version 1)').click()
  await expect(page.getByText('Age: only people of 14 and older may enter.')).toBeVisible()
})

test('pages about entrants ask search engines not to index them, and the entry page does not', async ({
  request,
  shop,
}) => {
  const event = await shop.createEvent()
  const tagOf = async (path: string) =>
    (await request.get(`/e/${event.slug}${path}`)).headers()['x-robots-tag']
  for (const path of ['/winners', '/winners?after=1', '/check', '/done'])
    expect(await tagOf(path), path).toBe('noindex')
  expect(await tagOf('')).toBeUndefined()
  expect(await tagOf('/privacy')).toBeUndefined()
})
