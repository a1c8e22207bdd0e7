import { OwnerPage } from './pages/owner-page.ts'
import { eventIdOf } from './support/event-id-of.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import { untilScriptsRun } from './support/scripts-run.ts'

test('an event that starts right away opens when it is published, and everything on the way says so', async ({
  page,
  shop,
}) => {
  const ownerPage = new OwnerPage(page)
  await ownerPage.signInByRequest(shop.stack)
  await page.goto('/admin/events/new')
  await untilScriptsRun(page)
  const starts = page.getByRole('group', { name: '참여 시작' })
  await expect(starts.getByRole('radio', { name: '지금 바로' })).toBeChecked()
  await expect(page.getByText('공개하는 순간부터 참여를 받아요.')).toBeVisible()
  await expect(page.getByLabel('참여 시작 날짜와 시각')).toHaveCount(0)

  await page.getByLabel('이벤트 제목').fill('지금 여는 이벤트')
  await page.getByRole('button', { name: '이벤트 만들기' }).click()
  const prize = page.getByLabel('1번째 경품 이름')
  await expect(prize).toBeFocused()
  await expect(page.getByText('경품 이름을 적어 주세요.')).toBeVisible()
  await prize.fill('케이크')
  await expect(page.getByText('경품 이름을 적어 주세요.')).toHaveCount(0)
  const ends = page.getByLabel('참여 마감')
  const proposedEnd = await ends.inputValue()
  await ends.fill('2020-01-01T10:00')
  await page.getByRole('button', { name: '이벤트 만들기' }).click()
  await expect(page.getByText('마감은 지금보다 늦어야 해요.')).toBeVisible()
  await ends.fill(proposedEnd)
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await expectFitAndAccessible(page, `event form at ${width} px`)
  }
  await page.getByRole('button', { name: '이벤트 만들기' }).click()
  await expect(page.getByText(/^공개하는 순간부터 .* 참여를 받아요$/)).toBeVisible()
  const eventId = eventIdOf(page)
  await page.goto('/admin/events')
  await expect(page.getByRole('link', { name: /지금 여는 이벤트.*공개하면 바로 –/ })).toBeVisible()

  await ownerPage.open(eventId, 'overview')
  await page.getByRole('button', { name: '공개하기' }).first().click()
  await expect(ownerPage.dialog).toContainText('공개하면 바로 참여를 받아요')
  await ownerPage.dialog.getByRole('button', { name: '공개하기' }).click()
  await expect(ownerPage.dialog).toHaveCount(0)
  expect(await shop.call('GET', `/events/${eventId}`)).toMatchObject({ phase: 'open' })
})

test('a chosen start is published as it was chosen, and stays on the form', async ({ page, shop }) => {
  const ownerPage = new OwnerPage(page)
  await ownerPage.signInByRequest(shop.stack)
  await page.goto('/admin/events/new')
  await untilScriptsRun(page)
  await page.getByLabel('이벤트 제목').fill('나중에 여는 이벤트')
  await page.getByLabel('1번째 경품 이름').fill('케이크')
  // By keyboard alone: the arrow keys move between the two choices.
  await page.getByRole('radio', { name: '지금 바로' }).focus()
  await page.keyboard.press('ArrowRight')
  const date = page.getByLabel('참여 시작 날짜와 시각')
  await expect(date).toBeVisible()
  await expectFitAndAccessible(page, 'event form with a chosen start')
  const proposedEnd = await page.getByLabel('참여 마감').inputValue()
  const chosen = `${proposedEnd.slice(0, 10)}T09:30`
  await date.fill(chosen)
  await page.getByRole('button', { name: '이벤트 만들기' }).click()
  await page.getByRole('button', { name: '공개하기' }).first().click()
  await expect(ownerPage.dialog).toContainText(/시작 .*오전 9시 30분/)
  await ownerPage.dialog.getByRole('button', { name: '공개하기' }).click()
  await expect(ownerPage.dialog).toHaveCount(0)
  await page.goto(`/admin/events/${eventIdOf(page)}/edit`)
  await expect(page.getByLabel('참여 시작')).toHaveValue(chosen)
  await expect(page.getByRole('radio', { name: '지금 바로' })).toHaveCount(0)
})

test('alternates follow the winners until another number is chosen, and never exceed what is left', async ({
  page,
  shop,
}) => {
  await new OwnerPage(page).signInByRequest(shop.stack)
  await page.goto('/admin/events/new')
  await untilScriptsRun(page)
  const alternates = page.getByLabel('예비 당첨자', { exact: true })
  const winners = page.getByLabel('1번째 경품 당첨 인원')
  await expect(alternates).toHaveValue('2')
  await winners.fill('5')
  await expect(alternates).toHaveValue('5')
  await winners.fill('9998')
  await expect(alternates).toHaveValue('2')
  await expect(page.getByRole('button', { name: '예비 당첨자 늘리기' })).toBeDisabled()
  await winners.fill('5')
  await alternates.fill('1')
  await winners.fill('7')
  await expect(alternates).toHaveValue('1')
})
