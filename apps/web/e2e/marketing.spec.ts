import { connect } from '@eungmo/db/connection/client'
import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'

const BOX = '(선택) 이 매장의 소식과 할인 안내를 받을게요'

async function storedVersions({ stack }: ShopClient, eventId: string): Promise<(number | null)[]> {
  const { sql, close } = connect(stack.databaseUrl, { max: 1 })
  const rows = await sql`select marketing_version from participants where event_id = ${eventId} order by id`
  await close()
  return rows.map(({ marketing_version }) => marketing_version)
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('the marketing box is optional: an entry is accepted with it and without it', async ({
      page,
      shop,
    }) => {
      const event = await shop.createEvent({ asksMarketing: true })
      const entry = new EntryPage(page)
      await entry.open(event.slug, '?via=sns')
      const box = page.getByLabel(BOX)
      await expect(box).not.toBeChecked()
      await page.getByText('소식 받기 내용').click()
      await expect(page.getByText('응모와 추첨에 아무 영향이 없습니다')).toBeVisible()
      await entry.fill({ phone: uniquePhoneNumber() })
      await entry.submit.click()
      await expect(entry.applicationNumber).toBeVisible()

      await entry.open(event.slug, '?via=sns')
      await entry.fill({ phone: uniquePhoneNumber() })
      await box.check()
      await entry.submit.click()
      await expect(entry.applicationNumber).toBeVisible()
      expect(await storedVersions(shop, event.id)).toEqual([null, 1])
    })

    test('an entrant withdraws the marketing consent, and the entry stays', async ({ page, shop }) => {
      const event = await shop.createEvent({ asksMarketing: true })
      const phone = uniquePhoneNumber()
      const entry = new EntryPage(page)
      await entry.open(event.slug, '?via=sns')
      await entry.fill({ phone })
      await page.getByLabel(BOX).check()
      await entry.submit.click()
      const number = (await entry.applicationNumber.textContent()) ?? ''
      await page.goto(`/e/${event.slug}/check`)
      await page.getByLabel('응모 번호').fill(number.trim())
      await page.getByLabel('전화번호', { exact: true }).fill(phone)
      await page.getByRole('button', { name: '확인하기', exact: true }).click()
      await page.getByRole('button', { name: '내 정보 보기' }).click()
      const withdrawal = page.getByRole('button', { name: '마케팅 수신 동의 철회하기' })
      if (javaScriptEnabled) await expectFitAndAccessible(page, 'own data with the marketing consent')
      await withdrawal.click()
      await expect(page.getByText('마케팅 수신 동의를 철회했어요. 응모는 그대로예요.')).toBeVisible()
      await expect(withdrawal).toHaveCount(0)
      await expect(page.getByText(number.trim())).toBeVisible()
      expect(await storedVersions(shop, event.id)).toEqual([null])
    })

    test('a form that is rejected keeps the tick', async ({ page, shop }) => {
      const phone = uniquePhoneNumber()
      const event = await shop.createEvent({ asksMarketing: true })
      await shop.enter(event.id, phone)
      const entry = new EntryPage(page)
      await entry.open(event.slug, '?via=sns')
      await entry.fill({ phone })
      await page.getByLabel(BOX).check()
      await entry.submit.click()
      await expect(page.getByText('이미 참여하신 이벤트입니다')).toBeVisible()
      await expect(page.getByLabel(BOX)).toBeChecked()
    })
  })
}

test('without the owner’s switch the page has one box and no trace of another', async ({ page, shop }) => {
  const { slug } = await shop.createEvent()
  await new EntryPage(page).open(slug)
  await expect(page.getByRole('checkbox')).toHaveCount(1)
  expect(await page.content()).not.toContain('marketing')
})

test('the box comes after the consent, and both are ticked by hand', async ({ page, shop }) => {
  const { slug } = await shop.createEvent({ asksMarketing: true })
  await new EntryPage(page).open(slug)
  const boxes = page.getByRole('checkbox')
  await expect(boxes).toHaveCount(2)
  await expect(boxes.nth(1)).toHaveAccessibleName(BOX)
  for (const box of await boxes.all()) await expect(box).not.toBeChecked()
  await expectFitAndAccessible(page, 'entry with the marketing box')
})
