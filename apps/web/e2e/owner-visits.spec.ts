import type { Page } from '@playwright/test'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'

const WRITES = /participants\.(un)?markVisit/

/** The participants page of a new event with one entry, and the writes that the browser sends from it. */
async function openParticipants(page: Page, shop: ShopClient) {
  const event = await shop.createEvent()
  const phoneNumber = uniquePhoneNumber()
  const { applicationNumber } = await shop.enter(event.id, phoneNumber, '김하나')
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'participants')
  const written: string[] = []
  page.on('request', (request) => {
    const [name] = WRITES.exec(request.url()) ?? []
    if (name) written.push(name)
  })
  const isVisited = async () => {
    const { items } = await shop.call<{ items: { visited: boolean }[] }>(
      'GET',
      `/events/${event.id}/participants`,
    )
    return items[0]?.visited
  }
  return { event, applicationNumber, phoneNumber, written, isVisited }
}

/** The entrant looks at the entry, and thereby receives a receipt of the visit. */
async function lookAsEntrant(
  shop: ShopClient,
  proof: { eventId: string; applicationNumber: string; phoneNumber: string },
): Promise<void> {
  const response = await fetch(`${shop.stack.baseUrl}/api/trpc/participations.receipt`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: shop.stack.baseUrl },
    body: JSON.stringify(proof),
  })
  expect((await response.json()).result.data.receipt).toMatchObject({ visited: 1 })
}

/** From now on the page's time passes only where the test lets it pass. */
const pauseTime = (page: Page) => page.clock.pauseAt(Date.now() + 5_000)

const mark = (page: Page) =>
  page.getByRole('button', { name: '김하나 님 방문 확인' }).filter({ visible: true })
const takeBack = (page: Page) =>
  page.getByRole('button', { name: '김하나 님 방문 되돌리기' }).filter({ visible: true })

test('a mark that is undone within five seconds is never written', async ({ page, shop }) => {
  await page.clock.install()
  const { written, isVisited } = await openParticipants(page, shop)
  await pauseTime(page)
  await mark(page).dblclick()
  await expect(takeBack(page)).toHaveText('5초 안에 되돌리기')
  await page.clock.runFor(1_000)
  await takeBack(page).press('Enter')
  await expect(mark(page)).toBeFocused()
  await mark(page).press('Enter')
  await expect(takeBack(page)).toBeFocused()
  await page.clock.runFor(1_000)
  await takeBack(page).press('Enter')
  await expect(mark(page)).toBeFocused()
  await page.clock.runFor(10_000)
  expect(written).toEqual([])
  expect(await isVisited()).toBe(false)
})

test('a mark is written after five seconds, and the owner takes it back later', async ({ page, shop }) => {
  await page.clock.install()
  const { written, isVisited } = await openParticipants(page, shop)
  await pauseTime(page)
  await mark(page).click()
  await page.clock.runFor(4_900)
  expect(written).toEqual([])
  await page.clock.runFor(200)
  await expect(
    page.getByText(/확인$/).filter({ visible: true, hasText: '방문' }).or(takeBack(page)),
  ).toBeVisible()
  await expect(takeBack(page)).toHaveText('되돌리기')
  expect(await isVisited()).toBe(true)
  await takeBack(page).click()
  await expect(mark(page)).toBeVisible()
  expect(await isVisited()).toBe(false)
  expect(written).toEqual(['participants.markVisit', 'participants.unmarkVisit'])
})

test('once the entrant has seen a receipt of the visit, it cannot be taken back', async ({ page, shop }) => {
  await page.clock.install()
  const { event, applicationNumber, phoneNumber } = await openParticipants(page, shop)
  await pauseTime(page)
  await mark(page).click()
  await page.clock.runFor(5_100)
  await expect(takeBack(page)).toHaveText('되돌리기')
  await lookAsEntrant(shop, { eventId: event.id, applicationNumber, phoneNumber })
  await takeBack(page).click()
  await expect(page.getByRole('alert')).toContainText('되돌릴 수 없어요')
  await page.reload()
  await expect(takeBack(page)).toHaveCount(0)
  await expect(mark(page)).toHaveCount(0)
})

for (const [leaves, leave] of [
  [
    'another page of the event opens',
    (page: Page) => page.getByRole('link', { name: '추첨', exact: true }).click(),
  ],
  ['the tab goes to another site', (page: Page) => page.goto('about:blank')],
  ['the tab is closed', (page: Page) => page.close({ runBeforeUnload: true })],
] as const)
  test(`a mark that was not undone is written when ${leaves}`, async ({ page, shop }) => {
    const { isVisited } = await openParticipants(page, shop)
    await mark(page).click()
    await expect(takeBack(page)).toBeVisible()
    await leave(page)
    await expect.poll(isVisited, { timeout: 4_000 }).toBe(true)
  })

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('a mark is written at once, and taken back by the owner', async ({ page, shop }) => {
    const { event, applicationNumber, phoneNumber, isVisited } = await openParticipants(page, shop)
    await mark(page).click()
    await expect(takeBack(page)).toHaveText('되돌리기')
    expect(await isVisited()).toBe(true)
    await takeBack(page).click()
    await expect(mark(page)).toBeVisible()
    expect(await isVisited()).toBe(false)

    await mark(page).click()
    await lookAsEntrant(shop, { eventId: event.id, applicationNumber, phoneNumber })
    await takeBack(page).click()
    await expect(page.getByRole('alert')).toContainText('되돌릴 수 없어요')
    expect(await isVisited()).toBe(true)
  })
})
