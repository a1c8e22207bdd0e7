import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'

test('a visitor without a session is sent to sign in and returns to the requested page', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  await page.goto(`/admin/events/${event.id}/draw`)
  await expect(page).toHaveURL(/\/login\?next=/)
  await page.getByLabel('이메일').fill(shop.stack.ownerEmail)
  await page.getByLabel('비밀번호').fill('not-the-password')
  await page.getByRole('button', { name: '로그인' }).click()
  await expect(page.getByRole('alert')).toHaveText('이메일이나 비밀번호가 맞지 않아요.')
  await expect(page.getByLabel('이메일')).toHaveValue(shop.stack.ownerEmail)
  await page.getByLabel('비밀번호').fill(shop.stack.ownerPassword)
  await page.getByRole('button', { name: '로그인' }).click()
  await expect(page).toHaveURL(new RegExp(`/admin/events/${event.id}/draw`))

  await page.locator('header summary').click()
  await page.getByRole('button', { name: '로그아웃' }).click()
  await expect(page).toHaveURL(/\/login$/)
  await page.goto(`/admin/events/${event.id}/overview`)
  await expect(page).toHaveURL(/\/login\?next=/)
})

test('another shop’s owner sees neither page nor data of the event', async ({ page, shop }) => {
  const event = await shop.createEvent()
  await shop.enter(event.id, uniquePhoneNumber())
  const ownerPage = new OwnerPage(page)
  await ownerPage.signUp('건너편 꽃집')
  await expect(page.getByRole('heading', { name: '첫 이벤트를 열어 볼까요?' })).toBeVisible()

  for (const tab of ['overview', 'participants', 'channels', 'draw', 'edit', 'draw/reveal']) {
    const response = await page.goto(`/admin/events/${event.id}/${tab}`)
    expect(response?.status(), tab).toBe(404)
  }
  for (const path of ['participants', 'analytics', 'draws']) {
    const response = await page.request.get(`/api/v1/events/${event.id}/${path}`)
    expect(response.status(), path).toBe(404)
  }
  for (const path of ['participants.csv', 'winners.csv', 'prize-tax.csv']) {
    const response = await page.request.post(`/api/v1/events/${event.id}/${path}`, {
      form: { purpose: '당첨자 연락' },
      headers: { origin: shop.stack.baseUrl },
    })
    expect(response.status(), path).toBe(404)
  }
  const drawn = await page.request.post(`/api/v1/events/${event.id}/draw-winners`, {
    data: { winnerCount: 1, visitBonus: false },
    headers: { origin: shop.stack.baseUrl },
  })
  expect(drawn.status()).toBe(404)
  expect((await page.goto('/admin/events/no-such-event/overview'))?.status()).toBe(404)
})

test('an owner who accepts another shop’s invitation stays in the own shop, and switches by choice', async ({
  page,
  shop,
  browser,
}) => {
  const { baseUrl } = shop.stack
  const hostPage = new OwnerPage(page)
  await hostPage.signUp('초대하는 가게')
  const guestContext = await browser.newContext({ baseURL: baseUrl, locale: 'ko-KR' })
  const guest = await guestContext.newPage()
  const account = await new OwnerPage(guest).signUp('초대받은 가게')
  await page.goto('/admin/settings')
  await page.getByLabel('초대할 직원의 이메일').fill(account.ownerEmail)
  await page.getByRole('button', { name: '직원 초대' }).click()
  await expect(page.getByText('초대를 기다리는 중')).toBeVisible()
  const link = await page.locator('[data-invitation]').getAttribute('data-invitation')

  await guest.goto(link ?? '')
  await guest.getByRole('button', { name: '함께하기' }).click()
  await guest.waitForURL('**/admin/shops')
  await expect(guest.locator('header').getByText('초대받은 가게').first()).toBeVisible()
  await guest.getByRole('button', { name: '초대하는 가게 매장으로 바꾸기' }).click()
  await guest.waitForURL('**/admin/events')
  await expect(guest.locator('header').getByText('초대하는 가게').first()).toBeVisible()
  await expect(guest.getByRole('link', { name: '매장 설정' })).toHaveCount(0)

  await guestContext.clearCookies()
  await new OwnerPage(guest).signIn(account)
  await expect(guest.locator('header').getByText('초대받은 가게').first()).toBeVisible()
  await guest.locator('header summary').click()
  await guest.getByRole('link', { name: '매장 바꾸기' }).click()
  await expect(guest.getByText('지금 보고 있어요')).toBeVisible()
  await guestContext.close()
})

test('staff join by invitation, see participants, and cannot publish or export', async ({
  page,
  shop,
  browser,
}) => {
  const ownerPage = new OwnerPage(page)
  const owner = await ownerPage.signUp('직원 있는 가게')
  expect(owner.ownerEmail).toContain('@')
  await page.goto('/admin/events/new')
  await page.getByLabel('이벤트 제목').fill('직원과 함께')
  await page.getByLabel('1번째 경품 이름').fill('케이크')
  await page.getByRole('button', { name: '이벤트 만들기' }).click()
  await page.waitForURL('**/overview')
  const eventId = page.url().split('/').at(-2) ?? ''

  await page.goto('/admin/settings')
  const email = `staff-${crypto.randomUUID()}@example.test`
  await page.getByLabel('초대할 직원의 이메일').fill(email)
  await page.getByRole('button', { name: '직원 초대' }).click()
  await expect(page.getByText('초대를 기다리는 중')).toBeVisible()
  const link = await page.locator('[data-invitation]').getAttribute('data-invitation')

  const staffContext = await browser.newContext({ locale: 'ko-KR' })
  const staff = await staffContext.newPage()
  await staff.goto(link ?? '')
  await staff.getByLabel('이름').fill('성실한 직원')
  await staff.getByLabel('비밀번호').fill('long-enough-password')
  await staff.getByRole('button', { name: '계정 만들기' }).click()
  await expect(staff.getByRole('heading', { name: '이제 로그인해 주세요' })).toBeVisible()
  await expect(staff.getByLabel('이메일')).toHaveValue(email)
  await staff.getByLabel('비밀번호').fill('long-enough-password')
  await staff.getByRole('button', { name: '로그인' }).click()
  await staff.getByRole('button', { name: '함께하기' }).click()
  await staff.waitForURL('**/admin/events')
  await expect(staff.getByText('직원과 함께')).toBeVisible()
  await expect(staff.getByRole('link', { name: '새 이벤트' })).toHaveCount(0)
  await expect(staff.getByRole('button', { name: /복제|다시 열기/ })).toHaveCount(0)
  await expect(staff.getByRole('link', { name: '매장 설정' })).toHaveCount(0)

  const { baseUrl } = shop.stack
  await staff.goto(`${baseUrl}/admin/events/${eventId}/overview`)
  await expect(staff.getByRole('button', { name: '공개하기' })).toHaveCount(0)
  await expect(staff.getByRole('button', { name: '복제' })).toHaveCount(0)
  for (const path of [
    '/admin/settings',
    '/admin/api-keys',
    '/admin/events/new',
    `/admin/events/${eventId}/edit`,
  ]) {
    expect((await staff.goto(baseUrl + path))?.status(), path).toBe(403)
  }
  const headers = { origin: baseUrl }
  const publish = await staff.request.post(`${baseUrl}/api/v1/events/${eventId}/publish`, {
    data: {},
    headers,
  })
  expect(publish.status()).toBe(403)
  const file = await staff.request.post(`${baseUrl}/api/v1/events/${eventId}/participants.csv`, {
    form: { purpose: '당첨자 연락' },
    headers,
  })
  expect(file.status()).toBe(403)
  expect((await staff.request.get(`${baseUrl}/api/v1/events/${eventId}/participants`)).status()).toBe(200)

  await page.reload()
  await page.getByLabel('성실한 직원 님 권한 바꾸기').click()
  await new OwnerPage(page).pressTwice('성실한 직원 님 내보내기')
  await expect(page.getByText('이제 매장에 들어올 수 없어요.')).toBeVisible()
  expect((await staff.request.get(`${baseUrl}/api/v1/events/${eventId}/participants`)).status()).toBe(401)
  await staffContext.close()
})
