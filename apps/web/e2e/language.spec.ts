import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'

test.describe('a browser set to English', () => {
  test.use({ locale: 'en-US' })

  test('gets its first page in English, and every page that follows, without a choice', async ({
    page,
    shop,
  }) => {
    const event = await shop.createEvent()
    for (const path of ['', '/check', '/winners', '/privacy', '/done']) {
      await page.goto(`/e/${event.slug}${path}`)
      await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    }
    await page.goto('/mine')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Entries on this phone')
  })

  test('stays in Korean once that was chosen', async ({ page, shop }) => {
    const event = await shop.createEvent()
    await page.goto(`/e/${event.slug}`)
    await page.getByRole('link', { name: '한국어' }).click()
    await expect(page.getByRole('button', { name: '참여하기' })).toBeVisible()
    await page.goto(`/e/${event.slug}/check`)
    await expect(page.locator('html')).toHaveAttribute('lang', 'ko')
  })

  test('is told in English what is missing, and enters', async ({ page, shop }) => {
    const event = await shop.createEvent()
    await page.goto(`/e/${event.slug}?via=sns`)
    await page.getByRole('button', { name: 'Enter' }).click()
    await expect(page.getByText('You can enter only if you agree')).toBeVisible()
    await page.getByLabel('Name', { exact: true }).fill('Kim')
    await page.getByLabel('Phone number').fill(uniquePhoneNumber())
    await page.getByRole('checkbox').first().check()
    await page.getByRole('button', { name: 'Enter' }).click()
    await expect(new EntryPage(page).applicationNumber).toBeVisible()
  })
})

test('a crawler, which sends no language, gets Korean; what a CDN stores is the same for every language', async ({
  request,
  shop,
}) => {
  const event = await shop.createEvent()
  await shop.enter(event.id, uniquePhoneNumber())
  const get = async (path: string, language: string) => {
    const response = await request.get(path, { headers: { 'accept-language': language } })
    // Of the clock, pages hold the instant for their own use.
    return { headers: response.headers(), html: (await response.text()).replace(/now:"[^"]+"/, '') }
  }
  const crawled = await fetch(`${shop.stack.baseUrl}/e/${event.slug}`)
  expect(await crawled.text()).toContain('<html lang="ko"')
  await shop.close(event.id)
  const { drawLogId } = await shop.draw(event.id, 1)
  for (const path of [
    `/e/${event.slug}/winners`,
    `/e/${event.slug}/privacy`,
    `/verify/${drawLogId}`,
    `/verify/${drawLogId}/certificate`,
  ]) {
    const english = await get(path, 'en')
    expect([path, english.headers['cache-control']]).toEqual([path, expect.stringContaining('s-maxage')])
    expect(english.html).toContain('<html lang="ko"')
    expect(english.html).toBe((await get(path, 'ko')).html)
  }
  // The entry page of a closed event may be stored as well: of it only the Korean one is.
  const entryPage = await get(`/e/${event.slug}`, 'en')
  expect(entryPage.html).toContain('<html lang="en"')
  expect(entryPage.headers['cache-control']).toContain('private')
  expect(entryPage.headers.vary).toContain('accept-language')
})
