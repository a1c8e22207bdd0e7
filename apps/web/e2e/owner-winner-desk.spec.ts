import { connect } from '@eungmo/db/connection/client'
import { createWorld } from './access/world.ts'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient, TestEvent } from './support/shop-client.ts'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1'

/** An ended and drawn event with as many winners and alternates; the names of its winners by place. */
async function drawnEvent(
  shop: ShopClient,
  winnerCount: number,
  alternateCount = 0,
): Promise<TestEvent & { drawLogId: string; names: string[] }> {
  const event = await shop.createEvent({ winnerCount, alternateCount })
  const names = ['하정우', '현수진', '방미나', '김하늘', '이바다', '박노을']
  await Promise.all(
    Array.from({ length: winnerCount + alternateCount + 1 }, (_, n) =>
      shop.enter(event.id, uniquePhoneNumber(), names[n % names.length]),
    ),
  )
  await shop.close(event.id)
  const { drawLogId, winners } = await shop.call<{ drawLogId: string; winners: { name: string }[] }>(
    'POST',
    `/events/${event.id}/draw-winners`,
    { winnerCount, visitBonus: false },
  )
  return { ...event, drawLogId, names: winners.map(({ name }) => name) }
}

/** Moves the logged attempts, the selection and the announcement of an event into the past. */
async function age({ stack }: ShopClient, eventId: string, days: number): Promise<void> {
  const { sql, close } = connect(stack.databaseUrl, { max: 1 })
  const by = `${days} days`
  await sql`update contact_attempts set at = at - ${by}::interval where event_id = ${eventId}`
  await sql`update draw_winners set selected_at = selected_at - ${by}::interval where event_id = ${eventId}`
  await sql`update events set starts_at = starts_at - ${by}::interval, ends_at = ends_at - ${by}::interval,
    announcement_date = announcement_date - ${by}::interval where id = ${eventId}`
  await sql`update consent_texts set others_until = others_until - ${by}::interval,
    winners_until = winners_until - ${by}::interval where event_id = ${eventId}`
  await close()
}

test.describe('on an iPhone', () => {
  test.use({ userAgent: IPHONE, viewport: { width: 390, height: 844 } })

  test('an owner calls and texts a winner in one tap, and logs it with a note', async ({ page, shop }) => {
    const event = await drawnEvent(shop, 2)
    const owner = new OwnerPage(page)
    await owner.signInByRequest(shop.stack)
    await owner.open(event.id, 'draw')
    const row = page.getByRole('listitem').filter({ has: page.getByRole('checkbox', { name: /^1위/ }) })
    await expect(row).toContainText('연락 전')
    await expect(row).toContainText(/D-\d+/)
    const call = row.getByRole('link', { name: /전화$/ })
    await expect(call).toHaveAttribute('href', /^tel:010\d{8}$/)
    const text = row.getByRole('link', { name: /문자$/ })
    await expect(text).toHaveAttribute('href', /^sms:010\d{8}&body=/)
    const href = decodeURIComponent((await text.getAttribute('href')) ?? '')
    expect(href).toContain(`「${event.title}」에 당첨되셨어요`)
    expect(href).toContain('비밀번호는 절대 묻지 않아요')

    // The link would leave for the phone's own app.
    await page.evaluate(() =>
      document.addEventListener('click', (click) => {
        if ((click.target as Element).closest('a[href^="tel:"], a[href^="sms:"]')) click.preventDefault()
      }),
    )
    await text.click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('radio', { name: '문자' })).toBeChecked()
    await expectFitAndAccessible(page, 'logging an attempt')
    await dialog.getByLabel('메모').fill('내일 오후에 온다고 함')
    await dialog.getByRole('button', { name: '기록하기' }).dblclick()
    await expect(dialog).toBeHidden()
    await expect(row).toContainText('연락함')
    await row.getByText('연락 기록 1건').click()
    await expect(row).toContainText('내일 오후에 온다고 함')
    await expect(row).toContainText('링고 사장님')

    await call.click()
    await dialog.getByRole('button', { name: '기록 안 하기' }).click()
    await expect(row.getByText('연락 기록 1건')).toBeVisible()
  })
})

test('a reason is offered once it is true, and the desk says who moved up in whose place', async ({
  page,
  shop,
}) => {
  const event = await drawnEvent(shop, 1, 2)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'draw')
  const dialog = page.getByRole('dialog')
  const redraw = page.getByRole('button', { name: /다시 뽑기$/ })
  const reasonOf = (name: RegExp) => dialog.getByRole('option', { name })
  await expect(page.getByText('예비 당첨자 2명이 기다려요. 자리가 나면 예비 1번부터 올라가요.')).toBeVisible()

  await redraw.click()
  await expect(reasonOf(/기한 안에 수령하지 않았어요.*까지 받을 수 있어요/)).toBeDisabled()
  await expect(reasonOf(/연락이 닿지 않아요.*지금 0일, 0번/)).toBeDisabled()
  await expect(dialog.getByLabel('재추첨하는 이유')).toHaveValue('declined')
  await dialog.getByRole('button', { name: '취소' }).click()

  const log = async () => {
    await page.getByRole('button', { name: /연락 기록$/ }).click()
    await dialog.getByRole('button', { name: '기록하기' }).click()
    await expect(dialog).toBeHidden()
  }
  await log()
  await log()
  await age(shop, event.id, 2)
  await page.reload()
  await log()
  await redraw.click()
  await dialog.getByLabel('재추첨하는 이유').selectOption('unreachable')
  await dialog.getByRole('button', { name: '재추첨하기' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('예비 1번이 올라갔어요.')).toBeVisible()
  await expect(
    page.getByText(`${event.names[0]} 님 대신 예비 1번이 올라왔어요 (연락이 닿지 않음)`),
  ).toBeVisible()
  await expect(page.getByText('연락 전', { exact: true })).toBeVisible()

  await age(shop, event.id, 20)
  await page.reload()
  await expect(page.getByText('기한 지남', { exact: true })).toBeVisible()
  await redraw.click()
  await expect(dialog.getByLabel('재추첨하는 이유')).toHaveValue('deadline')
  await dialog.getByRole('button', { name: '재추첨하기' }).click()
  await expect(page.getByText('예비 2번이 올라갔어요.')).toBeVisible()
})

test('an owner sends a winner a new link, and the earlier one says so', async ({ page, shop }) => {
  const event = await drawnEvent(shop, 1)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'draw')
  const dialog = page.getByRole('dialog')
  const renew = async () => {
    await page.getByRole('button', { name: /새 링크 보내기$/ }).click()
    await expect(dialog).toContainText('지금까지 보낸 링크와 QR은 더 쓸 수 없어요.')
    await dialog.getByRole('button', { name: '새 링크 보내기' }).click()
    await expect(dialog.getByRole('button', { name: /내용 복사$/ })).toBeVisible()
    const text = await dialog.getByText('/c/').textContent()
    const link = text?.match(/\/c\/[\w-]{32}/)?.[0] ?? ''
    await expectFitAndAccessible(page, 'a new link')
    await dialog.getByRole('button', { name: '닫기' }).last().click()
    await expect(dialog).toBeHidden()
    return link
  }
  const earlier = await renew()
  const newest = await renew()
  expect(newest).not.toBe(earlier)
  await page.goto(earlier)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('새 링크를 보냈어요')
  await page.goto(newest)
  await expect(page.getByText('새 링크를 보냈어요')).toHaveCount(0)
})

test('staff reveal a number before they call, and log the attempt; only owners draw again', async ({
  page,
  shop,
}) => {
  const event = await drawnEvent(shop, 1)
  const world = await createWorld(shop)
  const [name = '', ...value] = ((await world.newMember()).cookie.split(';')[0] ?? '').split('=')
  await world.close()
  await page.context().addCookies([{ name, value: value.join('='), url: shop.stack.baseUrl }])
  const staff = new OwnerPage(page)
  await staff.open(event.id, 'draw')
  await expect(page.getByText('연락 전', { exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: /전화$/ })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /다시 뽑기|새 링크 보내기$/ })).toHaveCount(0)
  await page.getByRole('button', { name: /번호 보기$/ }).click()
  await expect(page.getByRole('link', { name: /문자$/ })).toHaveAttribute('href', /^sms:010\d{8}\?body=/)
  await page.getByRole('button', { name: /연락 기록$/ }).click()
  await page.getByRole('dialog').getByRole('radio', { name: '직접 만남' }).check()
  await page.getByRole('dialog').getByRole('button', { name: '기록하기' }).click()
  await expect(page.getByText('연락함', { exact: true })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('200 winners are listed, and shown by state', async ({ page, shop }) => {
      test.setTimeout(120_000)
      const event = await drawnEvent(shop, 200)
      const { sql, close } = connect(shop.stack.databaseUrl, { max: 1 })
      await sql`update draw_winners set claimed_at = now() where event_id = ${event.id} and draw_rank in (3, 5, 8)`
      await sql`update draw_winners set handed_over_at = now() where event_id = ${event.id} and draw_rank = 5`
      await close()
      const owner = new OwnerPage(page)
      await owner.signInByRequest(shop.stack)
      for (const width of [360, 768, 1280]) {
        await page.setViewportSize({ width, height: 900 })
        await owner.open(event.id, 'draw')
        // Who has the prize stays the winner.
        await expect(page.getByRole('checkbox')).toHaveCount(199)
        await page.getByRole('button', { name: '확인 2' }).click()
        await expect(page.getByRole('checkbox')).toHaveCount(2)
        await page.getByRole('button', { name: '수령 완료 1' }).click()
        await expect(page.getByRole('link', { name: /전화$/ })).toHaveCount(0)
        await expectFitAndAccessible(page, `winner desk, ${colorScheme}, ${width} px`)
      }
    })
  })
