import { uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'

const HOUR_MS = 3_600_000

async function drawnEvent(shop: ShopClient, announcementDate?: Date) {
  const event = await shop.createEvent({ winnerCount: 2 })
  for (const name of ['김하늘', '이서준', '남궁민수', '박보검'])
    await shop.enter(event.id, uniquePhoneNumber(), name)
  await shop.close(event.id, announcementDate)
  const { drawLogId } = await shop.draw(event.id, 2)
  return { ...event, drawLogId }
}

test('winners are shown masked from the announcement date on, and everyone can recompute the draw', async ({
  page,
  shop,
}) => {
  const event = await drawnEvent(shop)
  await page.goto(`/e/${event.slug}`)
  await expect(page.getByRole('heading', { name: '추첨이 끝났어요' })).toBeVisible()
  await page.getByRole('link', { name: '당첨자 보기' }).click()
  await expect(page.getByRole('heading', { name: '당첨자 발표' })).toBeVisible()
  const rows = page.getByRole('listitem')
  await expect(rows).toHaveCount(2)
  for (const row of await rows.all()) {
    await expect(row).toContainText(/[가-힣]+\*+/)
    await expect(row).not.toContainText('010')
    await expect(row).toContainText(/[0-9A-Z]{4}-[0-9A-Z]{4}/)
  }
  expect(await page.content()).not.toMatch(/010-?[\d*]{4}-?[\d*]{4}/)

  await page.getByRole('link', { name: '추첨 다시 계산해 보기' }).click()
  await expect(page.getByText('다시 계산해도 같은 결과입니다.')).toBeVisible()
  // Without public randomness there is no seal.
  await expect(page.getByRole('img', { name: '공개 난수로 검증된 추첨' })).toHaveCount(0)
  await expect(page.getByText('주최자가 결과를 미리 알 수 있었습니다.')).toBeVisible()
})

test('a list with one changed line fails verification, with an explanation', async ({ page, shop }) => {
  const event = await drawnEvent(shop)
  await page.route('**/entries.csv', async (route) => {
    const response = await route.fetch()
    const lines = (await response.text()).split('\n')
    lines[1] = lines[1]?.replace(/,1,0$/, ',2,0') ?? ''
    await route.fulfill({ response: response, body: lines.join('\n') })
  })
  await page.goto(`/verify/${event.drawLogId}`)
  await expect(page.getByText('기록이 맞지 않아요')).toBeVisible()
  await expect(page.getByText('명단이 잠글 때의 명단과 달라요.')).toBeVisible()
})

test('before the announcement no winner is named, and the page may be cached by a CDN', async ({
  page,
  shop,
}) => {
  const event = await drawnEvent(shop, new Date(Date.now() + 48 * HOUR_MS))
  const response = await page.goto(`/e/${event.slug}/winners`)
  await expect(page.getByRole('heading', { name: '아직 발표 전이에요' })).toBeVisible()
  expect(response?.headers()['cache-control']).toMatch(/^public, max-age=0, s-maxage=\d+/)
  expect(await page.content()).not.toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}</)
})
