import { newPhone } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'
import type { Shop } from './support/shop-client.ts'

const hour = 3_600_000

async function drawnEvent(shop: Shop, announcementDate: Date) {
  const endsAt = new Date(Date.now() + 5000)
  const event = await shop.event({
    endsAt,
    announcementDate: new Date(Math.max(announcementDate.getTime(), endsAt.getTime())),
    winnerCount: 2,
  })
  for (const name of ['김하늘', '이서준', '남궁민수', '박보검']) await shop.enter(event.id, newPhone(), name)
  await expect
    .poll(async () => (await shop.call<{ phase: string }>('GET', `/events/${event.id}`)).phase)
    .toBe('closed')
  const { drawLogId } = await shop.draw(event.id, 2)
  return { ...event, drawLogId }
}

test('winners are shown masked from the announcement date on, and anybody can recompute the draw', async ({
  page,
  shop,
}) => {
  const event = await drawnEvent(shop, new Date())
  await page.goto(`/e/${event.slug}`)
  await expect(page.getByRole('heading', { name: '추첨이 끝났어요' })).toBeVisible()
  await page.getByRole('link', { name: '당첨자 보기' }).click()
  await expect(page.getByRole('heading', { name: '당첨자 발표' })).toBeVisible()
  const rows = page.getByRole('listitem')
  await expect(rows).toHaveCount(2)
  for (const row of await rows.all()) {
    await expect(row).toContainText(/[가-힣]+\*+/)
    await expect(row).toContainText(/010-\*{4}-\*\*\d\d/)
    await expect(row).toContainText(/[0-9A-Z]{4}-[0-9A-Z]{4}/)
  }
  expect(await page.content()).not.toMatch(/010-?\d{4}-?\d{4}/)

  await page.getByRole('link', { name: '추첨 다시 계산해 보기' }).click()
  await expect(page.getByText('다시 계산해도 같은 결과입니다.')).toBeVisible()
  // No public randomness, so no seal.
  await expect(page.getByRole('img', { name: '공개 난수로 검증된 추첨' })).toHaveCount(0)
  await expect(page.getByText('주최자가 결과를 미리 알 수 있었습니다.')).toBeVisible()
})

test('a list that was changed by one line is refused, in words', async ({ page, shop }) => {
  const event = await drawnEvent(shop, new Date())
  await page.route('**/entries.csv', async (route) => {
    const answer = await route.fetch()
    const lines = (await answer.text()).split('\n')
    lines[1] = lines[1]?.replace(/,1,0$/, ',2,0') ?? ''
    await route.fulfill({ response: answer, body: lines.join('\n') })
  })
  await page.goto(`/verify/${event.drawLogId}`)
  await expect(page.getByText('기록이 맞지 않아요')).toBeVisible()
  await expect(page.getByText('명단이 잠글 때의 명단과 달라요.')).toBeVisible()
})

test('before the announcement nobody is named, not even to a CDN', async ({ page, shop }) => {
  const event = await drawnEvent(shop, new Date(Date.now() + 48 * hour))
  const answer = await page.goto(`/e/${event.slug}/winners`)
  await expect(page.getByRole('heading', { name: '아직 발표 전이에요' })).toBeVisible()
  expect(answer?.headers()['cache-control']).toMatch(/^public, max-age=0, s-maxage=\d+/)
  expect(await page.content()).not.toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}</)
})
