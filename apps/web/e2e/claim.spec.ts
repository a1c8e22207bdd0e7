import type { Page } from '@playwright/test'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { claimPaths } from './support/claim-links.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'

const PRIZE = '밤 식빵과 무화과 타르트 세트'

/** An announced event whose only winner gets the claim link of the path. */
async function winner(shop: ShopClient, { isDelivered = false, alternateCount = 0 } = {}) {
  const hours = (n: number) => new Date(Date.now() + n * 3_600_000)
  const event = await shop.call<{ id: string; slug: string }>('POST', '/events', {
    title: '수령 시험',
    startsAt: hours(-1),
    endsAt: hours(240),
    announcementDate: hours(264),
    prizes: [{ name: PRIZE, count: 1, valueWon: 100_000, isDelivered }],
    alternateCount,
  })
  await shop.call('POST', `/events/${event.id}/publish`, {})
  const phones = new Map<string, string>()
  for (let n = 0; n <= alternateCount; n += 1) {
    const phone = uniquePhoneNumber()
    phones.set((await shop.enter(event.id, phone, '남궁황보제갈 하늘')).applicationNumber, phone)
  }
  await shop.close(event.id)
  const { drawLogId, winners } = await shop.draw(event.id, 1)
  const [path = ''] = await claimPaths(shop.stack, event.id)
  const number = winners[0]?.applicationNumber ?? ''
  return { event, drawLogId, path, number, digits: phones.get(number)?.slice(-4) ?? '' }
}

const digitsField = (page: Page) => page.getByLabel('본인 확인을 위해 전화번호 뒤 4자리를 적어 주세요')
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

async function prove(page: Page, path: string, digits: string) {
  await page.goto(path)
  await digitsField(page).fill(digits)
  await page.getByRole('button', { name: '확인하기' }).click()
}

async function confirmToday(page: Page) {
  await page.getByText('오늘', { exact: true }).click()
  await page.getByRole('button', { name: '이대로 받을게요' }).click()
  await expect(heading(page, '확인했어요')).toBeVisible()
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('a winner proves by four digits, chooses a day, changes it, and sees the ticket on return', async ({
    page,
    shop,
  }) => {
    const { path, number, digits } = await winner(shop)
    const response = await page.goto(path)
    const headers = response?.headers() ?? {}
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['x-robots-tag']).toBe('noindex')
    expect(headers['cache-control']).toContain('no-store')
    expect(headers['content-encoding']).toBeUndefined()
    const forwarded = await page.content()
    for (const secret of [PRIZE, '100,000원', number, digits, '하늘']) expect(forwarded).not.toContain(secret)

    await prove(page, path, digits === '0000' ? '0001' : '0000')
    await expect(page.getByRole('alert')).toContainText('확인하지 못했어요')
    await prove(page, path, digits)
    await expect(heading(page, '언제 찾으러 오시나요?')).toBeVisible()
    await expect(page.getByText(PRIZE)).toBeVisible()
    await expect(page.getByText('100,000원 상당 · 제세공과금 22%(22,000원)는 당첨자가 내요')).toBeVisible()
    await page.getByRole('button', { name: '이대로 받을게요' }).click()
    await expect(page.getByText('값을 확인해 주세요')).toBeVisible()
    await confirmToday(page)
    await page.getByRole('link', { name: '바꾸기' }).click()
    const other = page.locator('label:has(input[type=radio])').nth(2)
    const day = await other.locator('input').getAttribute('value')
    await other.click()
    await page.getByRole('button', { name: '이대로 받을게요' }).dblclick()
    await expect(heading(page, '확인했어요')).toBeVisible()
    await expect(page.getByText(`${Number(day?.slice(5, 7))}월 ${Number(day?.slice(8))}일`)).toBeVisible()
    await expect(
      page.getByText(/^계좌번호, 카드번호, 비밀번호, 주민등록번호는 전화나 문자로 절대 묻지 않아요\.$/),
    ).toBeVisible()
    await page.goBack()
    await page.goto(path)
    await expect(heading(page, '확인했어요')).toBeVisible()
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(path)
  })

  test('a delivered prize takes an address; what was typed stays with its errors', async ({ page, shop }) => {
    const { path, digits } = await winner(shop, { isDelivered: true })
    await prove(page, path, digits)
    await expect(heading(page, '어디로 보내 드릴까요?')).toBeVisible()
    await page.getByLabel('받는 분 이름').fill('남궁황보제갈 하늘')
    await page.getByLabel('우편번호').fill('123')
    await page.getByRole('textbox', { name: '주소', exact: true }).fill('서울특별시 마포구 포은로 12')
    await page.getByLabel('상세 주소').fill('망원한강공원아파트 101동 1203호')
    await page.getByRole('button', { name: '이대로 받을게요' }).click()
    await expect(page.getByText('우편번호 5자리를 적어 주세요')).toBeVisible()
    await expect(page.getByLabel('받는 분 이름')).toHaveValue('남궁황보제갈 하늘')
    await page.getByLabel('우편번호').fill('04027')
    await page.getByRole('button', { name: '이대로 받을게요' }).click()
    await expect(
      page.getByText('(04027) 서울특별시 마포구 포은로 12 망원한강공원아파트 101동 1203호'),
    ).toBeVisible()
  })
})

test('declining asks once, passes the prize on, and a second tab learns of it', async ({
  page,
  context,
  shop,
}) => {
  const { event, path, digits } = await winner(shop, { alternateCount: 1 })
  await prove(page, path, digits)
  const tab = await context.newPage()
  await tab.goto(path)
  await expect(heading(tab, '언제 찾으러 오시나요?')).toBeVisible()
  await page.getByRole('link', { name: '사양하기' }).click()
  await expect(heading(page, '경품을 사양할까요?')).toBeVisible()
  await page.getByRole('button', { name: '사양하기' }).click()
  await expect(heading(page, '경품을 사양하셨어요')).toBeVisible()
  await tab.getByText('오늘', { exact: true }).click()
  await tab.getByRole('button', { name: '이대로 받을게요' }).click()
  await expect(heading(tab, '경품을 사양하셨어요')).toBeVisible()
  const [next = ''] = await claimPaths(shop.stack, event.id)
  expect(next).not.toBe(path)
  await page.goto(next)
  await expect(digitsField(page)).toBeVisible()
})

test('a winner who never entered withdraws the entry with one press', async ({ page, shop }) => {
  const { path, digits } = await winner(shop)
  await prove(page, path, digits)
  await page.getByRole('link', { name: '응모한 적이 없어요' }).click()
  await expect(heading(page, '응모한 적이 없으신가요?')).toBeVisible()
  await page.getByRole('button', { name: '제가 아니에요. 응모 지우기' }).click()
  await expect(page.getByText('응모를 취소하고 개인정보를 지웠어요')).toBeVisible()
})

test('withdrawing by the claim link destroys the data, and the link leads to nobody afterwards', async ({
  page,
  shop,
}) => {
  const { path, digits } = await winner(shop)
  await prove(page, path, digits)
  await page.getByRole('link', { name: '응모를 취소하고 개인정보 지우기' }).click()
  await page.getByRole('button', { name: '응모 취소하기' }).click()
  await expect(page.getByText('‘취소’라고 적어 주세요').last()).toBeVisible()
  await page.getByRole('textbox').fill('취소')
  await page.getByRole('button', { name: '응모 취소하기' }).click()
  await expect(page.getByText('응모를 취소하고 개인정보를 지웠어요')).toBeVisible()
  const response = await page.goto(path)
  expect(response?.status()).toBe(404)
  await expect(heading(page, '이 링크는 쓸 수 없어요')).toBeVisible()
})

test('the proof of one browser opens nothing in another, and expires with the cookie', async ({
  page,
  browser,
  shop,
}) => {
  const { path, digits } = await winner(shop)
  await prove(page, path, digits)
  await expect(heading(page, '언제 찾으러 오시나요?')).toBeVisible()
  const cookies = await page.context().cookies(shop.stack.baseUrl + path)
  expect(cookies.find(({ name }) => name === 'eungmo_claim')).toMatchObject({
    httpOnly: true,
    sameSite: 'Lax',
    path,
    expires: -1,
  })
  const other = await browser.newPage({ baseURL: shop.stack.baseUrl })
  await other.goto(path)
  await expect(digitsField(other)).toBeVisible()
  await other.context().close()
})

for (const colorScheme of ['light', 'dark'] as const)
  for (const lang of ['ko', 'en'] as const)
    test.describe(`${colorScheme}, ${lang}`, () => {
      test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

      test('every screen of a claim is accessible and fits a phone of 360 px', async ({ page, shop }) => {
        await page.setViewportSize({ width: 360, height: 740 })
        const look = async (name: string) => {
          await expectFitAndAccessible(page, name)
          await page.screenshot({
            path: test.info().outputPath(`${colorScheme}-${lang}-${name}.png`),
            fullPage: true,
          })
        }
        const { path, digits } = await winner(shop, { isDelivered: colorScheme === 'dark' })
        await page.goto(`${path}?lang=${lang}`)
        await look('digits')
        await page.getByRole('textbox').fill('x')
        await page.getByRole('button').first().click()
        await page.goto(`${path}?lang=${lang}`)
        await page.getByRole('textbox').fill(digits)
        await page.getByRole('button').first().click()
        await look('question')
        await page.getByRole('button').first().click()
        await look('question with errors')
        if (colorScheme === 'dark') {
          await page.locator('[name=recipient]').fill('남궁황보제갈 하늘바다구름')
          await page.locator('[name=postcode]').fill('04027')
          await page.locator('[name=address]').fill('서울특별시 마포구 월드컵북로54길 12345')
          await page.locator('[name=addressDetail]').fill('상암월드컵파크아파트 101동 1203호')
        } else
          await page
            .locator('label', { has: page.getByRole('radio') })
            .first()
            .click()
        await page.getByRole('button').first().click()
        await look('ticket')
        await page.goto(`${path}?decline`)
        await look('decline')
        await page.goto(`${path}?withdraw`)
        await look('withdraw')
        await page.goto(`${path}?not-me`)
        await look('never entered')
        await page.goto(`${path}?decline`)
        await page.getByRole('button').first().click()
        await look('declined')
        await page.goto(`/c/${'A'.repeat(32)}`)
        await look('invalid')
      })
    })

for (const javaScriptEnabled of [true, false])
  test.describe(`the winner desk ${javaScriptEnabled ? 'with' : 'without'} scripts`, () => {
    test.use({ javaScriptEnabled })

    test('the owner sees the day that a winner chose by a press, and not before', async ({ page, shop }) => {
      const { event, path, digits } = await winner(shop)
      await prove(page, path, digits)
      await confirmToday(page)
      const owner = new OwnerPage(page)
      await owner.signIn(shop.stack)
      await page.goto(`/admin/events/${event.id}/draw`)
      await expect(page.getByText('찾으러 오는 날')).toHaveCount(0)
      await page.getByRole('button', { name: /수령 정보 보기$/ }).click()
      await expect(page.getByText('찾으러 오는 날')).toBeVisible()
    })
  })
