import { readFile } from 'node:fs/promises'
import type { APIRequestContext, Page } from '@playwright/test'
import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { createAuthenticator } from './support/authenticator.ts'
import { expect, test } from './support/fixtures.ts'

test.setTimeout(240_000)

const DESKTOP = { width: 1280, height: 800 }
const HOUR_MS = 3_600_000
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString()

/** Calls the REST API with the cookies of the context, as a page of the site. */
async function post<T>(request: APIRequestContext, origin: string, path: string, data: object): Promise<T> {
  const response = await request.post(`/api/v1${path}`, { data, headers: { origin } })
  expect(response.ok(), `${path}: ${response.status()}`).toBe(true)
  return response.json()
}

/** Everything that a page receives of the site from now on: documents, data and scripts. */
function receivedBy(page: Page): () => Promise<string> {
  const bodies: Promise<string>[] = []
  page.on('response', (response) => {
    // The body of a redirect, and of a page that was left, cannot be read.
    bodies.push(response.text().catch(() => ''))
  })
  return async () => (await Promise.all(bodies)).join('\n')
}

/** What a screen reader says of a part of the page, line by line. */
const readAloud = async (page: Page) => (await page.locator('main').ariaSnapshot()).split('\n')

test('from the notice to the last right: what an entrant is told, and who sees what', async ({
  page,
  browser,
  shop,
}) => {
  const { baseUrl } = shop.stack
  const newContext = () => browser.newContext({ baseURL: baseUrl, locale: 'ko-KR', viewport: DESKTOP })
  await page.setViewportSize(DESKTOP)
  const owner = new OwnerPage(page)
  const account = await owner.signUp('여정 가게')
  const { id: eventId, slug } = await post<{ id: string; slug: string }>(page.request, baseUrl, '/events', {
    title: '여정 이벤트',
    startsAt: inHours(-1),
    endsAt: inHours(240),
    announcementDate: inHours(264),
    winnerCount: 1,
  })
  await post(page.request, baseUrl, `/events/${eventId}/publish`, {})

  const customer = await (await newContext()).newPage()
  const entry = new EntryPage(customer)
  const phoneNumber = uniquePhoneNumber()
  const digits = phoneNumber.slice(3)
  const whole = `010-${digits.slice(0, 4)}-${digits.slice(4)}`

  await test.step('the notice is read before the box, and the box before the button', async () => {
    await entry.open(slug)
    const lines = await readAloud(customer)
    const places = [
      /heading "개인정보 안내"|region "개인정보 안내"/,
      /이름과 전화번호를 응모 확인과 당첨 연락에만 써요/,
      /지워요/,
      /당첨자는 응모 번호와 이름 첫 글자만 공개해요/,
      /동의하지 않을 수 있고/,
      /checkbox "만 14세 이상이고, 개인정보 수집·이용에 동의해요"/,
      /button "참여하기"/,
    ].map((what) => lines.findIndex((line) => what.test(line)))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
  })

  let applicationNumber = await test.step('a customer enters', () => entry.enter(slug, phoneNumber))

  await test.step('sees what is stored, takes it along, corrects the name, withdraws, and enters again', async () => {
    await customer.goto(`/e/${slug}/check`)
    await customer.getByLabel('응모 번호').fill(applicationNumber)
    await customer.getByLabel('전화번호', { exact: true }).fill(phoneNumber)
    await customer.getByRole('button', { name: '확인하기', exact: true }).click()
    await customer.getByRole('button', { name: '내 정보 보기' }).click()
    await expect(customer.getByText('김하늘', { exact: true })).toBeVisible()
    await expect(customer.getByText(whole)).toBeVisible()
    const download = customer.waitForEvent('download')
    await customer.getByRole('button', { name: '내 정보 내려받기 (JSON)' }).click()
    const file = await download
    const stored: object = JSON.parse(await readFile(await file.path(), 'utf8'))
    expect(stored).toMatchObject({ name: '김하늘', phoneNumber: whole, applicationNumber })

    await customer.getByLabel('이름', { exact: true }).fill('김하눌')
    await customer.getByRole('button', { name: '이름 고치기' }).click()
    await expect(customer.getByText('이름을 고쳤어요.')).toBeVisible()
    await customer.getByRole('link', { name: '응모 취소하기' }).click()
    await customer.getByLabel('취소하려면 ‘취소’라고 적어 주세요').fill('취소')
    await customer.getByRole('button', { name: '응모 취소하기' }).click()
    await expect(customer.getByText('응모를 취소하고 개인정보를 지웠어요')).toBeVisible()

    const before = applicationNumber
    applicationNumber = await entry.enter(slug, phoneNumber)
    expect(applicationNumber).not.toBe(before)
  })

  const staff = await (await newContext()).newPage()
  await test.step('staff join', async () => {
    const email = `staff-${crypto.randomUUID()}@example.test`
    await page.goto('/admin/settings')
    await page.getByLabel('초대할 직원의 이메일').fill(email)
    await page.getByRole('button', { name: '직원 초대' }).click()
    await expect(page.getByText('초대를 기다리는 중')).toBeVisible()
    const link = await page.locator('[data-invitation]').getAttribute('data-invitation')
    await staff.goto(link ?? '')
    await staff.getByLabel('이름').fill('성실한 직원')
    await staff.getByLabel('비밀번호').fill('long-enough-password')
    await staff.getByRole('button', { name: '계정 만들기' }).click()
    await expect(staff.getByRole('heading', { name: '이제 로그인해 주세요' })).toBeVisible()
    await staff.getByLabel('비밀번호').fill('long-enough-password')
    await staff.getByRole('button', { name: '로그인' }).click()
    await staff.getByRole('button', { name: '함께하기' }).click()
    await staff.waitForURL('**/admin/events')
  })

  const visible = { visible: true }
  const revealOn = (on: Page) => on.getByRole('button', { name: '김하늘 님 번호 보기' }).filter(visible)

  await test.step('owner and staff receive masked numbers only, until one is revealed', async () => {
    for (const on of [page, staff]) {
      const received = receivedBy(on)
      await on.goto('/admin/events')
      await on.getByRole('link', { name: /여정 이벤트/ }).click()
      await expect(on.getByTestId('live-total')).toBeVisible()
      await on.getByRole('link', { name: '참여자', exact: true }).click()
      await expect(on.getByText(`010-••••-${digits.slice(4)}`).filter(visible)).toBeVisible()
      await on.getByRole('searchbox').fill('김하늘')
      await expect(revealOn(on)).toHaveCount(1)
      await on.reload()
      await expect(revealOn(on)).toBeVisible()
      const texts = await received()
      expect(texts).toContain(applicationNumber)
      for (const secret of [whole, phoneNumber, digits]) expect(texts).not.toContain(secret)
    }
    await revealOn(staff).click()
    await expect(staff.getByText(whole).filter(visible)).toBeVisible()
  })

  await test.step('the owner exports with a purpose; staff get neither file nor log', async () => {
    await page.getByText('CSV 받기').click()
    await page.getByLabel('어디에 쓰시나요?').fill('당첨자 연락')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '파일 받기' }).click()
    expect((await download).suggestedFilename()).toBe('여정 이벤트 참여자.csv')
    await expect(staff.getByText('CSV 받기')).toHaveCount(0)
    const file = await staff.request.post(`/api/v1/events/${eventId}/participants.csv`, {
      form: { purpose: '당첨자 연락' },
      headers: { origin: baseUrl },
    })
    expect(file.status()).toBe(403)
    expect((await staff.goto('/admin/settings/access-log'))?.status()).toBe(403)
  })

  await test.step('all of it stands in the access log, without a number', async () => {
    const received = receivedBy(page)
    await page.goto(`/admin/settings/access-log?eventId=${eventId}`)
    const lines = (await page.locator('main tbody tr').allInnerTexts()).map((line) =>
      line.replace(/\s+/g, ' '),
    )
    const revealed = lines.find((line) => line.includes('번호를 봤어요'))
    expect(revealed).toContain('성실한 직원')
    expect(revealed).toContain(applicationNumber)
    expect(lines.find((line) => line.includes('참여자를 파일로 받았어요'))).toContain('목적: 당첨자 연락')
    for (const what of ['자기 정보를 봤어요', '자기 이름을 고쳤어요'])
      expect(lines.find((line) => line.includes(what))).toContain('응모한 본인')
    expect(await received()).not.toContain(whole)
  })

  await test.step('a second factor is set up, and demanded', async () => {
    await page.goto('/admin/account')
    await page.getByRole('link', { name: '2단계 인증 켜기' }).click()
    await page.getByRole('button', { name: '인증 앱 연결하기' }).click()
    const nextCode = createAuthenticator((await page.locator('code').textContent()) ?? '')
    await page.getByLabel('앱에 보이는 6자리 숫자').fill(await nextCode())
    await page.getByRole('button', { name: '2단계 인증 켜기' }).click()
    await page.getByRole('link', { name: '적어 두었어요' }).click()
    await page.context().clearCookies()
    await page.goto(`/login?next=/admin/events/${eventId}/participants`)
    await page.getByLabel('이메일').fill(account.ownerEmail)
    await page.getByLabel('비밀번호').fill(account.ownerPassword)
    await page.getByRole('button', { name: '로그인' }).click()
    await expect(page.getByRole('heading', { name: '2단계 인증' })).toBeVisible()
    expect((await page.request.get(`/api/v1/events/${eventId}/participants`)).ok()).toBe(false)
    await page.getByLabel('인증 코드').fill(await nextCode())
    await page.getByRole('button', { name: '확인' }).click()
    await expect(revealOn(page)).toBeVisible()
  })

  await test.step('who is removed loses the page that is open', async () => {
    await staff.goto(`/admin/events/${eventId}/participants`)
    await expect(revealOn(staff)).toBeVisible()
    await page.goto('/admin/settings')
    await page.getByLabel('성실한 직원 님 권한 바꾸기').click()
    await new OwnerPage(page).pressTwice('성실한 직원 님 내보내기')
    await expect(page.getByText('이제 매장에 들어올 수 없어요.')).toBeVisible()
    await revealOn(staff).click()
    await expect(staff.getByRole('alert').filter(visible)).toBeVisible()
    await expect(staff.getByText(whole)).toHaveCount(0)
    await staff.getByRole('link', { name: '추첨', exact: true }).click()
    await expect(staff).toHaveURL(/\/(welcome|login)/)
    await expect(staff.getByText('김하늘')).toHaveCount(0)
  })
})
