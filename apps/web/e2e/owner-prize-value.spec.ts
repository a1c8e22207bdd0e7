import { readFile } from 'node:fs/promises'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'

const PHONE = { width: 360, height: 740 }
const LAPTOP = { width: 1280, height: 900 }

test('an owner sees the tax while typing a value, and customers read who pays before they enter', async ({
  page,
  shop,
}) => {
  const ownerPage = new OwnerPage(page)
  await ownerPage.signInByRequest(shop.stack)
  await page.goto('/admin/events/new')
  await page.getByLabel('이벤트 제목').fill('노트북 증정')
  await page.getByLabel('1번째 경품 이름').fill('노트북')
  const value = page.getByLabel('1번째 경품 한 개의 가격')
  const payer = page.getByLabel('1번째 경품의 제세공과금을 사장님이 내기')
  await value.fill('50,000')
  await expect(page.getByText('5만 원까지는 제세공과금이 없어요.')).toBeVisible()
  await expect(payer).toHaveCount(0)
  await value.fill('1,000,000원')
  await expect(
    page.getByText('제세공과금은 한 명에 당첨자가 내면 220,000원, 사장님이 내면 282,050원이에요.'),
  ).toBeVisible()
  for (const size of [PHONE, LAPTOP]) {
    await page.setViewportSize(size)
    await expectFitAndAccessible(page, `event form with a value at ${size.width} px`)
  }

  for (const wrong of ['-1', '1000.5', '1,000,000,001', '백만']) {
    await value.fill(wrong)
    await page.getByRole('button', { name: '이벤트 만들기' }).click()
    await expect(value).toBeFocused()
    await expect(page.getByText('가격은 0원부터 1,000,000,000원까지의 숫자로 적어 주세요.')).toBeVisible()
  }
  // A row that is removed takes its text with it, also one that was not understood.
  await page.getByRole('button', { name: '경품 추가' }).click()
  await page.getByLabel('2번째 경품 이름').fill('커피')
  await page.getByRole('button', { name: '1번째 경품 지우기' }).click()
  await expect(page.getByLabel('1번째 경품 이름')).toHaveValue('커피')
  await expect(value).toHaveValue('')
  await page.getByLabel('1번째 경품 이름').fill('노트북')
  await value.fill('1000000')
  await payer.click()
  await page.getByRole('button', { name: '이벤트 만들기' }).click()
  await expect(page.getByText('1,000,000원 상당 · 제세공과금 22%는 매장이 내요')).toBeVisible()

  // The value and who pays are stored: the form shows them again, and they can be changed.
  await page.getByRole('link', { name: '수정' }).first().click()
  await expect(value).toHaveValue('1,000,000')
  await expect(payer).toBeChecked()
  await payer.click()
  await page.getByRole('button', { name: '저장' }).click()
  const tax = '1,000,000원 상당 · 제세공과금 22%(220,000원)는 당첨자가 내요'
  await expect(page.getByText(tax)).toBeVisible()
  await page.getByRole('button', { name: '공개하기' }).first().click()
  await expect(ownerPage.dialog.getByText(tax)).toBeVisible()
})

const shown = {
  ko: [
    '1,000,000원 상당 · 제세공과금 22%(220,000원)는 당첨자가 내요',
    '100,000원 상당 · 제세공과금 22%는 매장이 내요',
    '30,000원 상당',
  ],
  en: [
    'worth 1,000,000 won · the winner pays the 22% tax (220,000 won)',
    'worth 100,000 won · the shop pays the 22% tax',
    'worth 30,000 won',
  ],
}

for (const [language, texts] of Object.entries(shown)) {
  test(`the entry page names value, tax and payer of each prize (${language})`, async ({ page, shop }) => {
    const event = await shop.createEvent({
      title: '경품이 여럿인 이벤트',
      winnerCount: 4,
      prizes: [
        { name: '노트북', count: 1, valueWon: 1_000_000 },
        { name: '가방', count: 1, valueWon: 100_000, ownerPaysTax: true },
        { name: '케이크', count: 1, valueWon: 30_000 },
        { name: '커피', count: 1 },
      ],
    })
    await page.goto(`/e/${event.slug}?lang=${language}`)
    const promise = page.locator('dl').first()
    for (const text of texts) await expect(promise.getByText(text, { exact: true })).toBeVisible()
    for (const size of [PHONE, LAPTOP]) {
      await page.setViewportSize(size)
      await expectFitAndAccessible(page, `entry page at ${size.width} px`)
    }
  })
}

test('after the draw an owner downloads the list for the tax office; an event without tax has none', async ({
  page,
  shop,
}) => {
  const { id } = await shop.createEvent({
    winnerCount: 2,
    prizes: [
      { name: '노트북', count: 1, valueWon: 1_000_000 },
      { name: '커피', count: 1 },
    ],
  })
  for (const phone of [uniquePhoneNumber(), uniquePhoneNumber(), uniquePhoneNumber()])
    await shop.enter(id, phone)
  await shop.close(id)
  await shop.draw(id, 2)
  const ownerPage = new OwnerPage(page)
  await ownerPage.signInByRequest(shop.stack)
  for (const language of ['en', 'ko']) {
    await page.goto(`/admin/events/${id}/draw?lang=${language}`)
    const heading = language === 'ko' ? '제세공과금' : 'Prize tax'
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible()
    for (const size of [PHONE, LAPTOP]) {
      await page.setViewportSize(size)
      await expectFitAndAccessible(page, `draw tab with the tax at ${size.width} px`)
    }
  }
  const panel = page.getByRole('region', { name: '제세공과금' })
  await expect(panel.getByText('제세공과금 22%(220,000원)는 당첨자가 내요')).toBeVisible()
  await panel.locator('summary').click()
  await panel.getByRole('button', { name: '제세공과금 신고' }).click()
  const download = page.waitForEvent('download')
  await panel.getByRole('button', { name: '파일 받기' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/제세공과금\.csv$/)
  const text = await readFile(await file.path(), 'utf8')
  expect(text).toMatch(/"노트북","1000000","O","1000000","200000","20000","220000","당첨자",/)
  expect(text).toContain('"주민등록번호 (매장에서 직접 작성)"')
  expect(text).not.toContain('커피')
  await page.goto('/admin/settings/access-log')
  const line = page.getByText('제세공과금 명단을 파일로 받았어요').filter({ visible: true })
  await expect(line.first()).toBeVisible()

  const untaxed = await shop.createEnteredEvent(uniquePhoneNumber())
  await shop.draw(untaxed.id, 1)
  await ownerPage.open(untaxed.id, 'draw')
  await expect(page.getByRole('heading', { name: '당첨자 1명' })).toBeVisible()
  await expect(page.getByText('제세공과금')).toHaveCount(0)
})
