import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'
import { kafkaObstacle } from './support/stack-process.ts'

const obstacle = kafkaObstacle()

test.beforeEach(({ throughKafka }) => {
  test.skip(throughKafka && obstacle !== null, obstacle ?? '')
})

test('an owner sees the count rise by itself, draws with the visit bonus, sees the winners and redraws one', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent({ winnerCount: 2, visitBonus: 1 })
  for (const name of ['김하나', '이두리', '박세찬', '최네온'])
    await shop.enter(event.id, uniquePhoneNumber(), name)

  // A consumer that has just started joins its Kafka group first.
  await expect.poll(async () => (await shop.analytics(event.id)).total, { timeout: 40_000 }).toBe(4)

  const ownerPage = new OwnerPage(page)
  await ownerPage.signIn(shop.stack)
  await expect(page.getByRole('link', { name: event.title })).toBeVisible()
  await ownerPage.open(event.id, 'overview')
  await expect(ownerPage.total).toHaveAttribute('data-total', '4')
  await page.evaluate(() => Object.assign(window, { sameDocument: true }))

  await shop.enter(event.id, uniquePhoneNumber(), '정다온')
  await expect(ownerPage.total).toHaveAttribute('data-total', '5')
  await expect(page.getByRole('row', { name: /SNS/ })).toContainText('5')
  await expect(page.getByText('정**')).toBeVisible()
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true)

  await page.getByRole('link', { name: '참여자', exact: true }).click()
  await page.getByRole('searchbox').fill('김하나')
  await expect(page.getByText('이두리').locator('visible=true')).toHaveCount(0)
  await page.getByRole('button', { name: '김하나 님 방문 확인' }).locator('visible=true').click()
  await expect(page.getByText('방문', { exact: true }).locator('visible=true')).toBeVisible()
  await expect(page.getByText('5초 안에 되돌리기').locator('visible=true')).toBeVisible()
  // The mark takes effect.
  await expect(page.getByText('5초 안에 되돌리기')).toHaveCount(0, { timeout: 8_000 })

  await page.getByRole('link', { name: '추첨', exact: true }).click()
  await page.getByRole('button', { name: '당첨자 추첨' }).click()
  await expect(ownerPage.dialog).toContainText('당첨자를 추첨하시겠습니까?')
  await expect(page.getByTestId('draw-sentence')).toHaveText('5명 중 2명을 뽑아요 (응모권 6장)')
  await expect(ownerPage.dialog).toContainText('방문 1명에게 응모권 1장씩 더')
  await expect(page.getByRole('switch', { name: '매장방문 가산점' })).toBeChecked()
  await expect(ownerPage.dialog).toContainText('지금 추첨하면')
  await page.getByRole('button', { name: '추첨하기' }).click()
  await expect(ownerPage.dialog).toContainText('이유를 적어 주세요')
  await page.getByLabel('공개한 조건과 다른 이유').fill('시험이라 먼저 뽑아요')
  await page.getByRole('button', { name: '추첨하기' }).click()

  await expect(page.getByText('추첨이 완료되었어요.')).toBeVisible()
  await expect(page.getByRole('heading', { name: '당첨자 2명' })).toBeVisible()
  await expect(page.getByText('이유: 시험이라 먼저 뽑아요')).toBeVisible()
  const [draw] = await shop.call<{ winners: { rank: number; name: string }[] }[]>(
    'GET',
    `/events/${event.id}/draws`,
  )
  const first = draw?.winners.find(({ rank }) => rank === 1)
  const unchanged = draw?.winners.find(({ rank }) => rank === 2)

  await page.getByRole('checkbox', { name: /^1위/ }).locator('visible=true').check()
  await page.getByRole('button', { name: '1명 재추첨' }).click()
  await expect(ownerPage.dialog).toContainText('남은 참여자 중에서 1명을 새로 뽑아요')
  await page.getByLabel('재추첨하는 이유').selectOption('declined')
  await page.getByRole('button', { name: '재추첨하기' }).click()
  await expect(page.getByRole('heading', { name: '재추첨 1회차' })).toBeVisible()
  await expect(page.getByText(`1위 ${first?.name} 님`)).toBeVisible()
  await expect(page.getByText('당첨을 사양했어요')).toBeVisible()
  const [redraw] = await shop.call<{ winners: { rank: number; name: string }[] }[]>(
    'GET',
    `/events/${event.id}/draws`,
  )
  expect(redraw?.winners.find(({ rank }) => rank === 2)?.name).toBe(unchanged?.name)
  expect(redraw?.winners.find(({ rank }) => rank === 1)?.name).not.toBe(first?.name)
})

test('from the announcement date on everyone sees the winners, masked', async ({ page, shop, browser }) => {
  const ended = await shop.createEvent()
  await shop.enter(ended.id, uniquePhoneNumber(), '한가람')
  await shop.close(ended.id)

  const ownerPage = new OwnerPage(page)
  await ownerPage.signInByRequest(shop.stack)
  await ownerPage.open(ended.id, 'draw')
  await page.getByRole('button', { name: '당첨자 추첨' }).click()
  await page.getByRole('button', { name: '추첨하기' }).click()
  await expect(page.getByRole('heading', { name: '당첨자 1명' })).toBeVisible()
  await expect(page.getByText('한가람', { exact: true }).locator('visible=true')).toBeVisible()
  await expect(page.getByText('당첨자 페이지가 공개되었어요.')).toBeVisible()

  const visitor = await browser.newContext()
  const winners = await visitor.newPage()
  await winners.goto(`${shop.stack.baseUrl}/e/${ended.slug}/winners`)
  await expect(winners.getByText('한**')).toBeVisible()
  await expect(winners.getByText('한가람')).toHaveCount(0)
  await visitor.close()
})
