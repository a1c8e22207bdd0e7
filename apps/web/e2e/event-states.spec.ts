import { EntryPage, newPhone } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'

const hour = 3_600_000

test('a draft and an unknown address are not found', async ({ page, shop }) => {
  const draft = await shop.event({ publish: false })
  for (const slug of [draft.slug, 'there-is-no-such-event']) {
    const answer = await page.goto(`/e/${slug}`)
    expect(answer?.status()).toBe(404)
    await expect(page.getByRole('heading', { name: '이벤트를 찾을 수 없어요' })).toBeVisible()
  }
})

test('before the start the page says when it begins, and has no form', async ({ page, shop }) => {
  const event = await shop.event({ startsAt: new Date(Date.now() + 24 * hour) })
  await page.goto(`/e/${event.slug}`)
  await expect(page.getByRole('heading', { name: '곧 시작해요' })).toBeVisible()
  await expect(page.getByRole('button', { name: '참여하기' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: '시작 알림을 캘린더에 추가' })).toBeVisible()
})

test('an event that closes while the form is open refuses the press with its own message', async ({
  page,
  shop,
}) => {
  const event = await shop.event({
    endsAt: new Date(Date.now() + 6000),
    announcementDate: new Date(Date.now() + hour),
  })
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=sns')
  await entry.fill({ phone: newPhone() })
  await expect
    .poll(async () => (await shop.call<{ phase: string }>('GET', `/events/${event.id}`)).phase)
    .toBe('closed')
  await entry.submit.click()
  await expect(page.getByText('참여 기간이 끝난 이벤트예요')).toBeVisible()

  await page.reload()
  await expect(page.getByRole('heading', { name: '응모가 마감됐어요' })).toBeVisible()
  await expect(page.getByRole('link', { name: '내 응모 확인하기' })).toBeVisible()
})

test('English is one press away and stays', async ({ page, shop }) => {
  const event = await shop.event()
  await page.goto(`/e/${event.slug}?via=sns`)
  await page.getByRole('link', { name: 'English' }).click()
  await expect(page.getByRole('button', { name: 'Enter' })).toBeVisible()
  await expect(page.getByText('You came from SNS')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.goto(`/e/${event.slug}`)
  await expect(page.getByRole('button', { name: 'Enter' })).toBeVisible()
})
