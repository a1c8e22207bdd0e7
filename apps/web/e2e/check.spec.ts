import type { Page } from '@playwright/test'
import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'
import { holdScripts } from './support/hold-scripts.ts'
import { untilScriptsRun } from './support/scripts-run.ts'
import type { TestEvent } from './support/shop-client.ts'

async function check(page: Page, event: TestEvent, number: string, phone: string): Promise<void> {
  await page.goto(`/e/${event.slug}/check`)
  await page.getByLabel('응모 번호').fill(number)
  await page.getByLabel('전화번호', { exact: true }).fill(phone)
  await page.getByRole('button', { name: '확인하기', exact: true }).click()
}

test('an entry is found by its application number in any format, and only with the right phone number', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  const phone = uniquePhoneNumber()
  const number = await new EntryPage(page).enter(event.slug, phone)
  await check(page, event, number.toLowerCase().replace('-', ' '), uniquePhoneNumber())
  await expect(page.getByText('응모 번호와 전화번호가 맞는 응모를 찾지 못했어요.')).toBeVisible()
  await page.getByLabel('전화번호', { exact: true }).fill(phone)
  await page.getByRole('button', { name: '확인하기', exact: true }).click()
  await expect(page.getByText('응모가 접수됐어요')).toBeVisible()
  await expect(page.getByText(number)).toBeVisible()
  await expect(page.getByText('영수증의 서명이 주최자의 것이에요')).toBeVisible()
  await expect(page.getByText('영수증이 입력한 전화번호의 것이에요')).toBeVisible()
})

test('after the draw, the receipt stored on this phone leads to a proof that can be saved', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  const phone = uniquePhoneNumber()
  const number = await new EntryPage(page).enter(event.slug, phone)
  await shop.close(event.id)
  const { drawLogId } = await shop.draw(event.id, 1)
  await page.goto(`/e/${event.slug}/check`)
  await page.getByText('이 휴대폰에 남은 영수증으로 확인하기').click()
  await page.getByRole('button', { name: '영수증으로 확인하기' }).click()
  await expect(page.getByText('추첨 명단에 있어요')).toBeVisible()
  await expect(page.getByText('당첨 여부는 전화번호도 적어야')).toBeVisible()
  await expect(page.getByText('축하해요!')).toHaveCount(0)
  await page.getByRole('link', { name: '다른 응모 확인하기' }).click()
  await page.getByText('이 휴대폰에 남은 영수증으로 확인하기').click()
  await page.getByLabel('전화번호 (선택)').fill(phone)
  await page.getByRole('button', { name: '영수증으로 확인하기' }).click()
  await expect(page.getByText('축하해요!')).toBeVisible()
  await expect(page.getByText('잠긴 명단의 지문까지 이어지는 증명이 맞아요')).toBeVisible()
  await expect(page.getByText('그 명단이 공개 기록에 있는 명단이에요')).toBeVisible()
  await page.getByText('증명 보관하기').click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '증명 저장' }).click()
  expect((await download).suggestedFilename()).toBe(`eungmo-proof-${number}.json`)

  // The verification page checks the draw against the same receipt.
  await page.goto(`/verify/${drawLogId}`)
  await expect(page.getByText('응모할 때 남긴 기록과 같아요.')).toBeVisible()
})

test('a customer deletes the receipt from this phone', async ({ page, shop }) => {
  const event = await shop.createEvent()
  await new EntryPage(page).enter(event.slug, uniquePhoneNumber())
  await page.goto(`/e/${event.slug}/check`)
  await page.getByText('이 휴대폰에 남은 영수증으로 확인하기').click()
  await page.getByRole('button', { name: '이 휴대폰에서 영수증 지우기' }).click()
  await expect(page.getByLabel('응모 영수증')).toHaveValue('')
  await expect(page.getByText('영수증이 있나요?')).toBeVisible()
  await page.reload()
  await page.getByText('영수증이 있나요?').click()
  await expect(page.getByLabel('응모 영수증')).toHaveValue('')
  await expect(page.getByRole('button', { name: '이 휴대폰에서 영수증 지우기' })).toHaveCount(0)
})

test('what was opened before the scripts ran stays open', async ({ page, shop }) => {
  const event = await shop.createEvent()
  const release = await holdScripts(page)
  await page.goto(`/e/${event.slug}/check`, { waitUntil: 'commit' })
  await page.getByText('영수증이 있나요?').click()
  await expect(page.getByLabel('응모 영수증')).toBeVisible()
  release()
  await untilScriptsRun(page)
  await expect(page.getByLabel('응모 영수증')).toBeVisible()
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('the check works', async ({ page, shop }) => {
    const event = await shop.createEvent()
    const phone = uniquePhoneNumber()
    const number = await new EntryPage(page).enter(event.slug, phone)
    await check(page, event, number, uniquePhoneNumber())
    await expect(page.getByText('응모 번호와 전화번호가 맞는 응모를 찾지 못했어요.')).toBeVisible()
    await check(page, event, number, phone)
    await expect(page.getByText('응모가 접수됐어요')).toBeVisible()
  })
})
