import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'

test('a title and a prize’s name are enough to create an event, which only its owner can preview, edit and publish', async ({
  page,
  shop,
  browser,
}) => {
  const ownerPage = new OwnerPage(page)
  await ownerPage.signIn(shop.stack)
  await page.getByRole('link', { name: '새 이벤트' }).click()
  await page.getByRole('button', { name: '이벤트 만들기' }).click()
  await expect(page.getByLabel('이벤트 제목')).toBeFocused()
  await expect(page.getByText('제목을 두 글자 이상 적어 주세요.')).toBeVisible()
  await expect(page.getByText('경품 이름을 적어 주세요.')).toBeVisible()

  await page.getByLabel('이벤트 제목').fill('새 이벤트 시험')
  await page.getByLabel('1번째 경품 이름').fill('소금빵')
  await page.getByRole('button', { name: '경품 추가' }).click()
  await page.getByLabel('2번째 경품 이름').fill('식빵')
  await page.getByLabel('2번째 경품 당첨 인원').fill('2')
  await expect(page.getByText('모두 3명 당첨')).toBeVisible()
  await page.getByRole('button', { name: '이벤트 만들기' }).click()
  await expect(page.getByRole('heading', { name: '공개 전이에요' })).toBeVisible()
  const preview = await page.getByRole('link', { name: '미리보기' }).first().getAttribute('href')

  const visitor = await browser.newContext()
  expect((await visitor.request.get(shop.stack.baseUrl + preview, { maxRedirects: 0 })).status()).toBe(303)
  expect((await page.request.get(preview ?? '')).status()).toBe(200)

  await page.getByRole('link', { name: '수정' }).first().click()
  await page.getByLabel('이벤트 제목').fill('고친 제목')
  await page.getByRole('button', { name: '저장' }).click()
  await expect(page.getByRole('heading', { name: '고친 제목' })).toBeVisible()

  await page.getByRole('button', { name: '공개하기' }).first().click()
  await expect(ownerPage.dialog).toContainText('이벤트를 공개할까요?')
  await ownerPage.dialog.getByRole('button', { name: '공개하기' }).click()
  await expect(ownerPage.dialog).toHaveCount(0)
  await visitor.close()
})

test('channels have their own links and QR codes; one can be added and renamed, and the in-store QR renewed', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  const ownerPage = new OwnerPage(page)
  await ownerPage.signInByRequest(shop.stack)
  await ownerPage.open(event.id, 'channels')
  for (const name of ['우리동네TV', 'SNS', '링고비즈', '매장 방문']) {
    await expect(page.getByRole('img', { name: `${name} QR 코드` })).toBeVisible()
  }
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'SNS QR PNG 받기' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.png$/)

  await page.getByRole('button', { name: '참여경로 추가' }).click()
  await page.getByLabel('참여경로 이름').fill('동네 게시판')
  await page.getByRole('button', { name: '저장' }).click()
  await expect(page.getByRole('heading', { name: '동네 게시판' })).toBeVisible()
  await page.getByRole('button', { name: '동네 게시판 이름 바꾸기' }).click()
  await page.getByLabel('참여경로 이름').fill('아파트 게시판')
  await page.getByRole('button', { name: '저장' }).click()
  await expect(page.getByRole('heading', { name: '아파트 게시판' })).toBeVisible()

  const before = await shop.storeLink(event.id)
  await page.getByRole('button', { name: 'QR 새로 만들기' }).click()
  await ownerPage.dialog.getByRole('button', { name: 'QR 새로 만들기' }).click()
  await expect(ownerPage.dialog).toHaveCount(0)
  expect(await shop.storeLink(event.id)).not.toBe(before)
})

test('an API key is shown once, works, and stops working when it is revoked', async ({ page, shop }) => {
  const ownerPage = new OwnerPage(page)
  await ownerPage.signUp('열쇠 가게')
  await page.goto('/admin/api-keys')
  await page.getByLabel('새 키 이름').fill('홈페이지')
  await page.getByRole('button', { name: '키 만들기' }).click()
  await expect(page.getByText('할 수 있는 일을 하나 이상 골라 주세요.')).toBeVisible()
  await expect(page.getByLabel('새 키 이름')).toHaveValue('홈페이지')
  await page.getByLabel('참여자와 당첨자 보기').check()
  await page.getByLabel('사용 기간').selectOption('90일')
  await page.getByRole('button', { name: '키 만들기' }).click()
  const key = await page.locator('code', { hasText: /^eungmo_.{40,}/ }).textContent()
  if (!key) throw new Error('No key was shown.')
  const requestAnalytics = () =>
    fetch(`${shop.stack.baseUrl}/api/v1/events/${shop.stack.eventId}/analytics`, {
      headers: { authorization: `Bearer ${key}` },
    })
  // The key is valid, but the event belongs to another shop.
  expect((await requestAnalytics()).status).toBe(404)
  await page.goto('/admin/api-keys')
  await expect(page.getByText(key)).toHaveCount(0)
  await page.locator('summary', { hasText: '폐기' }).click()
  await page.getByRole('button', { name: '지금 폐기하기' }).click()
  await expect(page.getByText('아직 만든 키가 없어요.')).toBeVisible()
  expect((await requestAnalytics()).status).toBe(401)
})

test('an open event can be cancelled; its page shows it, visitors can verify it, and new entries are rejected', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  await shop.enter(event.id, uniquePhoneNumber())
  const ownerPage = new OwnerPage(page)
  await ownerPage.signInByRequest(shop.stack)
  await ownerPage.open(event.id, 'overview')
  const cancel = page.getByRole('button', { name: '이벤트 취소하기' })
  await cancel.click()
  await expect(ownerPage.dialog).toContainText('되돌릴 수 없어요')
  await ownerPage.dialog.getByRole('button', { name: '그대로 두기' }).click()
  await expect(ownerPage.dialog).toHaveCount(0)
  await cancel.click()
  await ownerPage.dialog.getByRole('button', { name: '이벤트 취소하기' }).click()
  await expect(ownerPage.dialog).toHaveCount(0)
  await expect(page.getByText('취소됨')).toBeVisible()
  await expect(cancel).toHaveCount(0)
  await ownerPage.open(event.id, 'draw')
  await expect(page.getByText('취소된 이벤트예요')).toBeVisible()

  await page.goto(`/e/${event.slug}`)
  await expect(page.getByRole('heading', { name: '취소된 이벤트예요' })).toBeVisible()
  await page.getByRole('link', { name: '취소 기록 확인하기' }).click()
  await expect(page.getByText('추첨 없이 취소한 이벤트예요')).toBeVisible()
  await expect(page.getByText('맞음')).toHaveCount(3)
  await expect(shop.enter(event.id, uniquePhoneNumber())).rejects.toThrow('EVENT_CLOSED')
})

test('every tab opens in every phase of an event', async ({ page, shop }) => {
  const later = (hours: number) => new Date(Date.now() + hours * 3_600_000)
  const cancelled = await shop.createEvent()
  await shop.cancel(cancelled.id)
  const closed = await shop.createEvent()
  await shop.close(closed.id)
  const events = {
    draft: await shop.createEvent({ publish: false }),
    scheduled: await shop.createEvent({ startsAt: later(1), endsAt: later(2), announcementDate: later(3) }),
    open: await shop.createEvent(),
    cancelled,
    closed,
  }
  const ownerPage = new OwnerPage(page)
  await ownerPage.signInByRequest(shop.stack)
  for (const [phase, { id, title }] of Object.entries(events)) {
    expect((await shop.call<{ phase: string }>('GET', `/events/${id}`)).phase).toBe(phase)
    for (const tab of ['overview', 'participants', 'channels', 'draw', 'privacy']) {
      const response = await page.goto(`/admin/events/${id}/${tab}`)
      expect(response?.status(), `${tab} of an event that is ${phase}`).toBe(200)
      await expect(page.getByRole('heading', { name: title })).toBeVisible()
    }
  }
})
