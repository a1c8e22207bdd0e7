import type { Page } from '@playwright/test'
import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { test as base, expect } from './support/fixtures.ts'
import { type Language, pageTexts } from './support/page-texts.ts'
import { sendNotices } from './support/send-notices.ts'
import type { ShopClient } from './support/shop-client.ts'
import { testWithProvider as test } from './support/with-provider.ts'

const texts = pageTexts('ko')
const SENT = '이 전화번호로 응모하셨다면 곧 응모 번호를 문자로 보내 드려요.'

/** Requests a number on the check page, as a visitor does who has opened the form. */
async function requestNumber(page: Page, slug: string, phone: string, text = texts): Promise<void> {
  await page.goto(`/e/${slug}/check`)
  await page.getByText(text('forgotten_summary')).click()
  await page.locator('#field-forgotten-phone').fill(phone)
  await page.getByRole('button', { name: text('forgotten_submit') }).click()
}

/** The message that a phone gets now. */
async function messageTo(shop: ShopClient, phone: string, origin: string | undefined): Promise<string> {
  const messages = (await sendNotices(shop.stack, origin ?? '')).filter(({ to }) => to === phone)
  expect(messages).toHaveLength(1)
  return messages[0]?.text ?? ''
}

const linkIn = (message: string) => /\/e\/\S+\/not-me\/\S+/.exec(message)?.[0] ?? ''

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('who has forgotten the number gets it on the phone, and a stranger reads the same', async ({
      page,
      shop,
      baseURL,
    }) => {
      const event = await shop.createEvent()
      const phone = uniquePhoneNumber()
      const { applicationNumber } = await shop.enter(event.id, phone)
      await requestNumber(page, event.slug, '010-12')
      await expect(page.locator('#field-forgotten-phone-error')).toBeVisible()
      await requestNumber(page, event.slug, uniquePhoneNumber())
      const message = page.getByText(SENT)
      await expect(message).toBeVisible()
      const response = await message.textContent()
      await requestNumber(page, event.slug, phone)
      await expect(message).toHaveText(response ?? '')

      const received = await messageTo(shop, phone, baseURL)
      expect(received).toContain(`응모 번호: ${applicationNumber}`)
      await page.getByLabel('응모 번호', { exact: true }).fill(applicationNumber)
      await page.locator('#field-phoneNumber').fill(phone)
      await page.getByRole('button', { name: '확인하기', exact: true }).click()
      await expect(page.getByText('응모가 접수됐어요')).toBeVisible()
    })

    test('who never entered withdraws the entry from the message, and enters', async ({
      page,
      shop,
      baseURL,
    }) => {
      const event = await shop.createEvent()
      const phone = uniquePhoneNumber()
      await shop.enter(event.id, phone, '남의 이름')
      await requestNumber(page, event.slug, phone)
      await expect(page.getByText(SENT)).toBeVisible()
      const path = linkIn(await messageTo(shop, phone, baseURL))
      const response = await page.goto(path)
      const headers = response?.headers() ?? {}
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['x-robots-tag']).toBe('noindex')
      expect(headers['cache-control']).toContain('no-store')
      expect(headers['content-encoding']).toBeUndefined()
      expect(await page.content()).not.toContain('남의 이름')
      await page.getByRole('button', { name: '제가 아니에요. 응모 지우기' }).dblclick()
      await expect(page.getByText(/응모를 취소하고 개인정보를 지웠어요|이미 취소한 응모예요/)).toBeVisible()
      await page.goto(path)
      await expect(page.getByText('이미 지운 응모예요')).toBeVisible()

      const entry = new EntryPage(page)
      await entry.enter(event.slug, phone)
      await page.goto(path)
      await expect(page.getByText('이미 지운 응모예요')).toBeVisible()
    })
  })
}

test('a link that was cut off, or is of another event, leads to the check page', async ({
  page,
  shop,
  baseURL,
}) => {
  const [event, other] = [await shop.createEvent(), await shop.createEvent()]
  const phone = uniquePhoneNumber()
  await shop.enter(event.id, phone)
  await requestNumber(page, event.slug, phone)
  await expect(page.getByText(SENT)).toBeVisible()
  const path = linkIn(await messageTo(shop, phone, baseURL))
  for (const wrong of [path.slice(0, -3), path.replace(event.slug, other.slug)]) {
    await page.goto(wrong)
    await expect(page.getByText('하루가 지났거나 링크가 잘렸어요')).toBeVisible()
    await expect(page.getByRole('button')).toHaveCount(0)
  }
  await page.getByRole('link', { name: '내 응모 확인하기' }).click()
  await expect(page).toHaveURL(new RegExp(`/e/${other.slug}/check$`))
})

base('without messages the page says what the shop can do', async ({ page, shop }) => {
  const event = await shop.createEvent()
  await page.goto(`/e/${event.slug}/check`)
  await page.getByText(texts('forgotten_summary')).click()
  await expect(page.getByText(texts('forgotten_ask_shop'))).toBeVisible()
  await expect(page.getByText(texts('forgotten_tell_shop'))).toBeVisible()
  await expect(page.locator('#field-forgotten-phone')).toHaveCount(0)
  await expectFitAndAccessible(page, 'without messages')
})

for (const colorScheme of ['light', 'dark'] as const)
  for (const language of ['ko', 'en'] satisfies Language[])
    test.describe(`${colorScheme}, ${language}`, () => {
      test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

      test('every screen is accessible and fits a phone of 360 px', async ({
        page,
        shop,
        context,
        baseURL,
      }) => {
        await context.addCookies([{ name: 'eungmo_lang', value: language, url: baseURL ?? '' }])
        const text = pageTexts(language)
        const event = await shop.createEvent()
        const phone = uniquePhoneNumber()
        await shop.enter(event.id, phone)
        await requestNumber(page, event.slug, '0', text)
        await expect(page.locator('#field-forgotten-phone-error')).toBeVisible()
        await expectFitAndAccessible(page, 'a wrong number')
        await requestNumber(page, event.slug, phone, text)
        await expect(page.getByRole('status').filter({ hasText: /\S/ })).toBeVisible()
        await expectFitAndAccessible(page, 'requested')
        const path = linkIn(await messageTo(shop, phone, baseURL))
        await page.goto(`${path.slice(0, -3)}`)
        await expectFitAndAccessible(page, 'expired')
        await page.goto(path)
        await expectFitAndAccessible(page, 'the question')
        await page.getByRole('button', { name: text('not_me_submit') }).click()
        await expect(page.getByText(text('own_withdrawn_list'))).toBeVisible()
        await expectFitAndAccessible(page, 'withdrawn')
        await page.goto(path)
        await expectFitAndAccessible(page, 'withdrawn before')
      })
    })
