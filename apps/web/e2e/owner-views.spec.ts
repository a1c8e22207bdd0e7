import { connect } from '@eungmo/db/connection/client'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'

const HOUR_MS = 3_600_000

/** Adds views of this hour as the consumer does, and announces them. */
async function addViews({ stack }: ShopClient, eventId: string, views: Record<string, number>) {
  const { sql, close } = connect(stack.databaseUrl, { max: 1 })
  const hour = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS).toISOString()
  try {
    for (const [source, count] of Object.entries(views))
      await sql`insert into analytics.view_counts values (${eventId}, ${source}, ${hour}, ${count})
        on conflict (event_id, source, hour) do update set count = view_counts.count + excluded.count`
    await sql`select pg_notify('eungmo_counts', ${eventId})`
  } finally {
    await close()
  }
}

test('the dashboard shows viewers and conversion, marked as an estimate, as they change', async ({
  page,
  shop,
}) => {
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  const event = await shop.createEvent()
  for (let n = 0; n < 2; n++) await shop.enter(event.id, uniquePhoneNumber())
  await owner.open(event.id, 'overview')
  await expect(owner.total).toHaveAttribute('data-total', '2')
  const line = page.getByTestId('live-views')
  const row = (name: string) => page.getByRole('row', { name }).getByRole('cell')
  await expect(line).toHaveText('본 사람 – → 참여 2 (추정)')
  await expect(row('SNS')).toHaveText(['–', '2', '–'])
  const chart = page.getByRole('region', { name: '시간별 참여' })
  await chart.getByText('표로 보기').click()
  await expect(chart.getByRole('columnheader')).toHaveText(['시각', '참여'])
  const places = () => Promise.all([line.boundingBox(), owner.total.boundingBox()])
  const before = await places()

  await addViews(shop, event.id, { sns: 8, '~direct': 2 })
  await expect(line).toHaveText('본 사람 10 → 참여 2 (20%, 추정)')
  await expect(row('SNS')).toHaveText(['8', '2', '25%'])
  await expect(row('우리동네TV')).toHaveText(['0', '0', '–'])
  await expect(row('직접')).toHaveText(['2', '–', '–'])
  await expect(chart.getByRole('columnheader')).toHaveText(['시각', '본 사람(추정)', '참여'])
  await expect(chart.getByRole('row').nth(1).getByRole('cell')).toHaveText([/시/, '10', '2'])
  await expect(page.getByTestId('views-line')).toBeVisible()
  expect((await places()).map((place) => place?.y)).toEqual(before.map((place) => place?.y))

  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await expectFitAndAccessible(page, `dashboard with views at ${width}`)
  }
})

test('owners take viewers and participants by day and channel along as CSV; staff do not see the link', async ({
  page,
  shop,
}) => {
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  const event = await shop.createEvent({ title: '봄 이벤트' })
  await shop.enter(event.id, uniquePhoneNumber())
  await addViews(shop, event.id, { sns: 4, '~share': 1 })
  await owner.open(event.id, 'overview')
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: '날짜별로 받기 (CSV)' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('봄 이벤트 날짜별 참여.csv')
  const file = await page.request.get(`/admin/events/${event.id}/overview/by-day.csv`)
  const [headings, ...lines] = (await file.body()).toString().replace('\ufeff', '').trim().split('\r\n')
  expect(headings).toBe('"날짜","참여경로","본 사람(추정)","참여","전환율(%)"')
  expect(lines.map((row) => row.replace(/^"\d{4}-\d{2}-\d{2}",/, ''))).toEqual([
    '"SNS","4","1","25"',
    '"공유","1","",""',
  ])
})
