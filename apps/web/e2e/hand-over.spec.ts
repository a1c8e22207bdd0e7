import { connect } from '@eungmo/db/connection/client'
import type { Page } from '@playwright/test'
import { qrSvg } from '../src/lib/qr-code.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { claimPaths } from './support/claim-links.ts'
import { createCollectingWinner, readCollectingWinner } from './support/collecting-winner.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'

const complete = (page: Page) => page.getByRole('button', { name: '수령 완료' })

/** When the prize was handed over, as the database has it. */
async function storedHandOver({ stack }: ShopClient, eventId: string): Promise<Date | null> {
  const { sql, close } = connect(stack.databaseUrl, { max: 1 })
  const [row] = await sql`select handed_over_at as at from draw_winners
    where event_id = ${eventId} and standing = 'selected'`
  await close()
  return row?.at ?? null
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('the QR code leads through the sign-in to the winner, and a press hands the prize over', async ({
      page,
      shop,
    }) => {
      const { token, applicationNumber, eventId } = await createCollectingWinner(shop)
      const response = await page.goto(`/h/${token}`)
      expect(response?.url()).toContain('/login?next=')
      await page.getByLabel('이메일').fill(shop.stack.ownerEmail)
      await page.getByLabel('비밀번호', { exact: true }).fill(shop.stack.ownerPassword)
      await page.getByRole('button', { name: '로그인' }).click()
      await expect(page).toHaveURL(`/h/${token}`)
      const main = page.getByRole('main')
      await expect(main).toContainText('김**')
      await expect(main).toContainText(applicationNumber)
      await expect(main).toContainText('본인 확인을 하지 않았어요')
      expect(await page.content()).not.toMatch(/김하늘|010-/)

      await complete(page).click()
      await expect(page.getByText(/^수령 완료 · /)).toBeVisible({ timeout: 15_000 })
      await expect(page.getByText(/^드린 사람: /)).toBeVisible()
      const at = await storedHandOver(shop, eventId)
      expect(at).not.toBeNull()
      await page.goto(`/h/${token}`)
      await expect(page.getByText(/^수령 완료 · /)).toBeVisible()
      await expect(complete(page)).toHaveCount(0)
    })

    test('a winner whose phone shows no QR code is found by the application number', async ({
      page,
      shop,
    }) => {
      const { eventId, applicationNumber } = await createCollectingWinner(shop)
      await new OwnerPage(page).signIn(shop.stack)
      await page.goto(`/admin/events/${eventId}/draw`)
      await page.getByRole('link', { name: '응모 번호로 경품 드리기' }).click()
      await page.getByLabel('응모 번호').fill('K7M2')
      await page.getByRole('button', { name: '당첨자 찾기' }).click()
      await expect(page.getByText('응모 번호를 확인해 주세요.')).toBeVisible()
      await expect(page.getByLabel('응모 번호')).toHaveValue('K7M2')
      await page.getByLabel('응모 번호').fill(applicationNumber.toLowerCase())
      await page.getByRole('button', { name: '당첨자 찾기' }).click()
      await expect(page.getByRole('main')).toContainText('김**')
      expect(page.url()).not.toContain(applicationNumber)
      await complete(page).click()
      await expect(page.getByText(/^수령 완료 · /)).toBeVisible({ timeout: 15_000 })
      expect(await storedHandOver(shop, eventId)).not.toBeNull()
    })
  })
}

test('an undone press is never stored, and one whose page goes away is', async ({ page, shop }) => {
  const { token, eventId } = await createCollectingWinner(shop)
  await new OwnerPage(page).signIn(shop.stack)
  await page.goto(`/h/${token}`)
  await complete(page).click()
  await expect(page.getByText(/5초 뒤에 저장해요/)).toBeVisible()
  await page.waitForTimeout(600)
  await page.getByRole('button', { name: '되돌리기' }).click()
  await expect(complete(page)).toBeVisible()
  await page.waitForTimeout(5_500)
  expect(await storedHandOver(shop, eventId)).toBeNull()

  await complete(page).click()
  await expect(page.getByText(/5초 뒤에 저장해요/)).toBeVisible()
  await page.goto('/admin/events')
  await expect.poll(() => storedHandOver(shop, eventId)).not.toBeNull()
})

test('while the line is down a press says so, and pressing again hands over once', async ({ page, shop }) => {
  const { token, eventId } = await createCollectingWinner(shop)
  await new OwnerPage(page).signIn(shop.stack)
  await page.goto(`/h/${token}`)
  // The request arrives, and its response is lost.
  await page.route(
    '**/handOver.complete*',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
  await complete(page).click()
  await expect(page.getByText('다시 눌러도 두 번 기록되지 않아요.')).toBeVisible({ timeout: 15_000 })
  const first = await storedHandOver(shop, eventId)
  expect(first).not.toBeNull()
  await complete(page).click()
  await expect(page.getByText(/^수령 완료 · /)).toBeVisible({ timeout: 15_000 })
  expect(await storedHandOver(shop, eventId)).toEqual(first)
})

test('a winner who was replaced gets nothing, also where the page was open; the next one does', async ({
  page,
  shop,
}) => {
  const { token, eventId, drawLogId } = await createCollectingWinner(shop)
  await new OwnerPage(page).signIn(shop.stack)
  await page.goto(`/h/${token}`)
  await expect(complete(page)).toBeVisible()
  await shop.call('POST', `/draws/${drawLogId}/redraw`, { ranks: [1], reason: 'declined' })
  await complete(page).click()
  await expect(page.getByText('경품을 드리지 마세요')).toBeVisible({ timeout: 15_000 })
  await page.reload()
  await expect(page.getByText('경품을 드리지 마세요')).toBeVisible()
  await expect(complete(page)).toHaveCount(0)
  const next = await readCollectingWinner(shop, eventId)
  await page.goto(`/h/${next.token}`)
  await expect(complete(page)).toBeVisible()
})

test('the claim page shows the QR code once the winner has confirmed, and the desk then offers the hand-over', async ({
  page,
  shop,
}) => {
  const { eventId, token, lastDigits } = await createCollectingWinner(shop)
  const [path = ''] = await claimPaths(shop.stack, eventId)
  await page.goto(path)
  const qrCode = page.getByRole('img', { name: '직원이 찍는 QR 코드' })
  await expect(qrCode).toHaveCount(0)
  await page.getByLabel('본인 확인을 위해 전화번호 뒤 4자리를 적어 주세요').fill(lastDigits)
  await page.getByRole('button', { name: '확인하기' }).click()
  await page.getByText('오늘', { exact: true }).click()
  await page.getByRole('button', { name: '이대로 받을게요' }).click()
  await expect(qrCode).toHaveAttribute(
    'src',
    `data:image/svg+xml,${encodeURIComponent(qrSvg(`${shop.stack.baseUrl}/h/${token}`))}`,
  )
  await expectFitAndAccessible(page, 'claim page with its QR code')

  await new OwnerPage(page).signIn(shop.stack)
  await page.goto(`/admin/events/${eventId}/draw`)
  await page.getByRole('button', { name: '김하늘 님 수령 완료' }).click()
  await complete(page).click()
  await expect(page.getByText(/^수령 완료 · /)).toBeVisible({ timeout: 15_000 })
  await page.goto(path)
  await expect(page.getByRole('heading', { name: '경품을 받으셨어요' })).toBeVisible()
})

test('the page fits phones and desktops in both themes and languages, and no other site learns its address', async ({
  page,
  shop,
}) => {
  const { token, eventId } = await createCollectingWinner(shop)
  await new OwnerPage(page).signIn(shop.stack)
  const response = await page.goto(`/h/${token}`)
  expect(response?.headers()).toMatchObject({
    'referrer-policy': 'same-origin',
    'cache-control': 'private, no-store',
    'x-robots-tag': 'noindex',
  })
  for (const address of [`/h/${token}`, `/admin/events/${eventId}/draw/hand-over`]) {
    for (const [width, colorScheme, lang] of [
      [360, 'light', 'ko'],
      [360, 'dark', 'en'],
      [1280, 'dark', 'ko'],
    ] as const) {
      await page.setViewportSize({ width, height: 740 })
      await page.emulateMedia({ colorScheme })
      await page.goto(`${address}?lang=${lang}`)
      await expectFitAndAccessible(page, `${address} ${width} ${colorScheme} ${lang}`)
    }
  }
  expect((await page.goto('/h/unknown'))?.status()).toBe(404)
})
