import { readFile } from 'node:fs/promises'
import { connect } from '@eungmo/db/connection/client'
import type { Page } from '@playwright/test'
import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import { untilScriptsRun } from './support/scripts-run.ts'

async function check(page: Page, slug: string, number: string, phone: string): Promise<void> {
  await page.goto(`/e/${slug}/check`)
  await page.getByLabel('응모 번호').fill(number)
  await page.getByLabel('전화번호', { exact: true }).fill(phone)
  await page.getByRole('button', { name: '확인하기', exact: true }).click()
}

const show = (page: Page) => page.getByRole('button', { name: '내 정보 보기' })
const withdrawal = (page: Page) => page.getByRole('button', { name: '응모 취소하기' })
const word = (page: Page) => page.getByLabel('취소하려면 ‘취소’라고 적어 주세요')

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('an entrant sees and downloads what is stored, corrects the name, withdraws and enters again', async ({
      page,
      shop,
    }) => {
      const event = await shop.createEvent()
      const phone = uniquePhoneNumber()
      const number = await new EntryPage(page).enter(event.slug, phone)
      await check(page, event.slug, number, phone)
      await show(page).click()
      await expect(page.getByRole('heading', { name: '내 정보', exact: true })).toBeVisible()
      await expect(page.getByText('김하늘', { exact: true })).toBeVisible()
      await expect(page.getByText(phone.replace(/(...)(....)(....)/, '$1-$2-$3'))).toBeVisible()
      await page.getByText('개인정보 수집·이용 ·').click()
      await expect(page.getByText('만 14세 이상').first()).toBeVisible()

      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: '내 정보 내려받기 (JSON)' }).click()
      const file = await download
      expect(file.suggestedFilename()).toBe(`eungmo-${number}.json`)
      const stored: object = JSON.parse(await readFile(await file.path(), 'utf8'))
      expect(stored).toMatchObject({ name: '김하늘', applicationNumber: number, consent: { version: 1 } })
      expect(stored).not.toHaveProperty('proof')

      await page.getByLabel('이름', { exact: true }).fill('김')
      await page.getByRole('button', { name: '이름 고치기' }).click()
      await expect(page.getByText('이름을 2자 이상 입력해 주세요')).toBeVisible()
      await page.getByLabel('이름', { exact: true }).fill('김바다')
      await page.getByRole('button', { name: '이름 고치기' }).click()
      await expect(page.getByText('이름을 고쳤어요.')).toBeVisible()
      await expect(page.getByText('김바다', { exact: true })).toBeVisible()

      await page.getByRole('link', { name: '응모 취소하기' }).click()
      await word(page).fill('네')
      await withdrawal(page).click()
      await expect(page.getByText('‘취소’라고 적어 주세요', { exact: true })).toBeVisible()
      await word(page).fill(' 취소 ')
      await withdrawal(page).click()
      await expect(page.getByText('응모를 취소하고 개인정보를 지웠어요')).toBeVisible()

      await check(page, event.slug, number, phone)
      await expect(page.getByText('응모 번호와 전화번호가 맞는 응모를 찾지 못했어요.')).toBeVisible()
      await page.goto(`/e/${event.slug}/done`)
      await expect(page.getByText(number)).toHaveCount(0)
      expect(await new EntryPage(page).enter(event.slug, phone)).not.toBe(number)
    })

    test('the data is there after Back, and gone once the entrant is done', async ({ page, shop }) => {
      const event = await shop.createEvent()
      const phone = uniquePhoneNumber()
      const { applicationNumber } = await shop.enter(event.id, phone)
      await check(page, event.slug, applicationNumber, phone)
      await show(page).click()
      await page.getByRole('link', { name: '응모 취소하기' }).click()
      await expect(word(page)).toBeVisible()
      await page.goBack()
      await expect(page.getByText('이응모', { exact: true })).toBeVisible()
      await page.getByRole('button', { name: '다 봤어요' }).click()
      await expect(page.getByRole('button', { name: '확인하기', exact: true })).toBeVisible()
      await page.goto(`/e/${event.slug}/check/own`)
      await expect(page.getByText('먼저 응모 번호와 전화번호로')).toBeVisible()
    })

    test('a press after Back says that it is done', async ({ page, shop }) => {
      const event = await shop.createEvent()
      const phone = uniquePhoneNumber()
      const { applicationNumber } = await shop.enter(event.id, phone)
      await check(page, event.slug, applicationNumber, phone)
      await withdrawal(page).click()
      await word(page).fill('취소')
      await withdrawal(page).click()
      await expect(page.getByText('응모를 취소하고 개인정보를 지웠어요')).toBeVisible()
      await page.goBack()
      await word(page).fill('취소')
      await withdrawal(page).click()
      await expect(page.getByText('이미 취소한 응모예요. 개인정보는 남아 있지 않아요')).toBeVisible()
    })
  })

test('a double click withdraws once', async ({ page, shop }) => {
  const event = await shop.createEvent()
  const phone = uniquePhoneNumber()
  const { applicationNumber } = await shop.enter(event.id, phone)
  await check(page, event.slug, applicationNumber, phone)
  await withdrawal(page).click()
  await word(page).fill('취소')
  await withdrawal(page).dblclick()
  await expect(page.getByText(/응모를 취소하고 개인정보를 지웠어요|이미 취소한 응모예요/)).toBeVisible()
})

test('a winner withdraws with the receipt of this phone, which goes with it', async ({ page, shop }) => {
  const event = await shop.createEvent()
  const phone = uniquePhoneNumber()
  const number = await new EntryPage(page).enter(event.slug, phone)
  await shop.close(event.id)
  const { drawLogId } = await shop.draw(event.id, 1)
  await check(page, event.slug, number, phone)
  await withdrawal(page).click()
  const receipt = page.getByLabel('응모 영수증')
  await expect(receipt).toHaveValue(/"signature"/)
  const saved = await receipt.inputValue()
  await receipt.fill('')
  await word(page).fill('취소')
  await withdrawal(page).click()
  await expect(page.getByText('추첨이 끝난 뒤에는 응모 영수증도 있어야 해요.')).toBeVisible()
  await receipt.fill(saved)
  await withdrawal(page).click()
  await expect(page.getByText('응모를 취소하고 개인정보를 지웠어요')).toBeVisible()
  // The page's script deletes the receipt.
  await untilScriptsRun(page)
  await page.goto(`/e/${event.slug}/check`)
  await expect(page.getByText('이 휴대폰에 남은 영수증으로 확인하기')).toHaveCount(0)
  await page.goto(`/e/${event.slug}/winners`)
  await expect(page.getByText(number)).toHaveCount(0)
  await page.goto(`/verify/${drawLogId}`)
  await expect(page.getByText('다시 계산해도 같은 결과입니다.')).toBeVisible()
})

test('a proof that is old, of another event or made up shows nothing', async ({ page, shop }) => {
  const event = await shop.createEvent()
  const other = await shop.createEvent()
  const phoneNumber = uniquePhoneNumber()
  const { applicationNumber } = await shop.enter(event.id, phoneNumber)
  const proof = await shop.proveEntry(event.id, { applicationNumber, phoneNumber })
  const [id = '', until = '', mac = ''] = proof.split('.')
  const later = `${id}.${Number(until) + 1}.${mac}`
  const file = async (slug: string, shown: string) =>
    page.request.post(`/e/${slug}/check/own/own-data.json`, {
      headers: { cookie: `eungmo_own=${shown}`, origin: shop.stack.baseUrl },
    })
  expect((await file(event.slug, proof)).status()).toBe(200)
  for (const [slug, shown] of [
    [event.slug, ''],
    [event.slug, later],
    [event.slug, `${crypto.randomUUID()}.${until}.${mac}`],
    [other.slug, proof],
  ] as const)
    expect((await file(slug, shown)).status(), shown).toBe(400)
  await page.goto(`/e/${event.slug}/check/own`)
  await expect(page.getByText('먼저 응모 번호와 전화번호로 응모를 확인해 주세요.')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('the screens of one’s own data are accessible and fit a phone of 360 px', async ({ page, shop }) => {
      const event = await shop.createEvent()
      const phone = uniquePhoneNumber()
      const { applicationNumber } = await shop.enter(event.id, phone, '김하늘')
      await page.goto(`/e/${event.slug}/check/own`)
      await expectFitAndAccessible(page, 'not proved', colorScheme === 'dark')
      await check(page, event.slug, applicationNumber, phone)
      await expect(show(page)).toBeVisible()
      await expectFitAndAccessible(page, 'check', colorScheme === 'dark')
      await show(page).click()
      for (const disclosure of await page.locator('summary').all()) await disclosure.click()
      await expectFitAndAccessible(page, 'own data', colorScheme === 'dark')
      await page.getByRole('link', { name: '응모 취소하기' }).click()
      await expectFitAndAccessible(page, 'withdraw', colorScheme === 'dark')
      await withdrawal(page).click()
      await expectFitAndAccessible(page, 'withdraw with an error', colorScheme === 'dark')
      await word(page).fill('취소')
      await withdrawal(page).click()
      await expect(page.getByText('응모를 취소하고 개인정보를 지웠어요')).toBeVisible()
      await expectFitAndAccessible(page, 'withdrawn', colorScheme === 'dark')
    })
  })

test('a winner sees which notices were sent', async ({ page, shop }) => {
  const event = await shop.createEvent()
  const phone = uniquePhoneNumber()
  const { applicationNumber } = await shop.enter(event.id, phone)
  await shop.close(event.id)
  await shop.draw(event.id, 1)
  const { sql, close } = connect(shop.stack.databaseUrl, { max: 1 })
  await sql`update events set announcement_date = now() where id = ${event.id}`
  await sql`insert into notices (id, event_id, draw_log_id, draw_rank, participant_id, kind, locale, state)
    select gen_random_uuid(), event_id, draw_log_id, draw_rank, participant_id, 'won', 'ko', 'sent'
    from draw_winners where event_id = ${event.id}`
  await close()
  await check(page, event.slug, applicationNumber, phone)
  await show(page).click()
  await expect(page.getByRole('heading', { name: '나에게 보낸 안내' })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: '당첨 안내 · 보냄' })).toBeVisible()
  await expectFitAndAccessible(page, 'own notices')
})
