import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { FailingProxy } from './support/failing-proxy.ts'
import { expect, test } from './support/fixtures.ts'
import { untilScriptsRun } from './support/scripts-run.ts'

test('a draw with public randomness locks, finishes by itself although its server was killed, and shows the seal', async ({
  page,
  shop,
}) => {
  test.setTimeout(120_000)
  const event = await shop.createEvent({ winnerCount: 1, beacon: 'quicknet', beaconDelay: 15 })
  for (const name of ['김하나', '이두리', '박세찬']) await shop.enter(event.id, uniquePhoneNumber(), name)

  const ownerPage = new OwnerPage(page)
  await ownerPage.signInByRequest(shop.stack)
  await ownerPage.open(event.id, 'draw')
  await page.getByRole('button', { name: '당첨자 추첨' }).click()
  await expect(ownerPage.dialog).toContainText('공개 난수를 기다린 뒤 15초쯤 지나 결과가 나와요.')
  await page.getByLabel('공개한 조건과 다른 이유').fill('시험이라 먼저 뽑아요')
  await page.getByRole('button', { name: '추첨하기' }).click()

  await expect(page.getByText('3명의 명단을 고정했어요')).toBeVisible()
  await expect(page.getByRole('timer')).toHaveText(/^0:\d\d$/)
  const [draw] = await shop.call<{ drawLogId: string; drawnAt: string | null }[]>(
    'GET',
    `/events/${event.id}/draws`,
  )
  expect(draw?.drawnAt).toBeNull()

  // A page whose proxy responds 502 when the draw is due shows the result later, without a reload.
  const proxy = await FailingProxy.start(shop.stack.baseUrl)
  const colleague = await page.context().newPage()
  await colleague.goto(`${proxy.address}/admin/events/${event.id}/draw`)
  // Without its scripts, which come through the proxy too, the page would wait for ever.
  await untilScriptsRun(colleague)
  proxy.failing = true

  process.kill(shop.stack.webPid, 'SIGKILL')
  const readyStatus = async () => (await page.request.get('/readyz', { failOnStatusCode: false })).status()
  await expect.poll(() => readyStatus().catch(() => 0), { timeout: 20_000 }).toBe(200)
  expect(() => process.kill(shop.stack.webPid, 0)).toThrow('ESRCH')
  // A visitor who opens the page meanwhile sees what it waits for, and then the result without a reload.
  const visitor = await page.context().newPage()
  await visitor.goto(`/verify/${draw?.drawLogId}`)
  await expect(visitor.getByRole('heading', { name: '추첨을 기다리고 있어요' })).toBeVisible()
  await visitor.goto(`/verify/${draw?.drawLogId}/certificate`)
  await expect(visitor).toHaveURL(`/verify/${draw?.drawLogId}`)

  await expect(page.getByRole('heading', { name: '당첨자 1명' })).toBeVisible({ timeout: 40_000 })
  await expect(colleague.getByRole('timer')).toBeVisible()
  proxy.failing = false
  await expect(colleague.getByRole('heading', { name: '당첨자 1명' })).toBeVisible({ timeout: 40_000 })
  await colleague.close()
  await proxy.stop()
  await expect(visitor.getByText('이 추첨은 다시 계산해도 같은 결과입니다')).toBeVisible({ timeout: 20_000 })
  await expect(visitor.getByRole('img', { name: '공개 난수로 검증된 추첨' })).toBeVisible()
  await expect(visitor.getByText(/명단을 잠근 뒤에 나온 drand [\d,]+회차예요/)).toBeVisible()
  await visitor.getByRole('link', { name: '추첨 증서' }).click()
  await expect(visitor.getByRole('img', { name: '공개 난수로 뽑은 추첨' })).toBeVisible()
  await expect(visitor.getByText('그 뒤에 나온 공개 난수로 1명을 뽑았어요.')).toBeVisible()
  await expect(visitor.getByText(/^drand [\d,]+회차$/)).toBeVisible()
  await visitor.close()
})
