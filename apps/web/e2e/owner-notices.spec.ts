import { connect } from '@eungmo/db/connection/client'
import type { Page } from '@playwright/test'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { test as base, expect } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'
import { testWithProvider as test } from './support/with-provider.ts'

/** A drawn and announced event of three entries with two winners. */
async function createDrawnEvent(shop: ShopClient): Promise<string> {
  const event = await shop.createEvent({ winnerCount: 2 })
  for (const name of ['김하늘', '박서준', '이도윤']) await shop.enter(event.id, uniquePhoneNumber(), name)
  await shop.close(event.id)
  await shop.draw(event.id, 2)
  return event.id
}

const panel = (page: Page) => page.getByRole('region', { name: /^(당첨 안내|Notices to winners)$/ })

for (const [width, colorScheme] of [
  [360, 'dark'],
  [1280, 'light'],
] as const)
  base.describe(`${width} px, ${colorScheme}`, () => {
    base.use({ colorScheme, viewport: { width, height: 900 }, contextOptions: { reducedMotion: 'reduce' } })

    base('without a provider the owner copies each text, or opens it in messages', async ({ page, shop }) => {
      const eventId = await createDrawnEvent(shop)
      const owner = new OwnerPage(page)
      await owner.signIn(shop.stack)
      await owner.open(eventId, 'draw')
      await expect(panel(page)).toContainText('이 설치에서는 문자를 보내지 않아요')
      await panel(page).getByRole('button', { name: '보낼 내용 보기' }).click()
      await expect(panel(page).getByRole('listitem')).toHaveCount(2)
      await expect(panel(page)).toContainText(/\/c\/[\w-]{32}/)
      const link = panel(page)
        .getByRole('link', { name: /문자로 보내기/ })
        .first()
      await expect(link).toHaveAttribute('href', /^sms:010\d{8}\?&body=/)
      await expectFitAndAccessible(page, 'texts by hand')
    })
  })

for (const [width, colorScheme, language] of [
  [360, 'light', 'ko'],
  [1280, 'dark', 'en'],
] as const)
  test.describe(`with a provider, ${width} px, ${colorScheme}, ${language}`, () => {
    const words = {
      ko: {
        send: '안내 보내기 2',
        question: '당첨자 2명에게 안내를 보낼까요?',
        confirm: '안내 보내기',
        price: '장문 문자(LMS)',
        waiting: /대기 2/,
        states: /보냄 1 · 결과 모름 1|결과 모름 1 · 보냄 1/,
        again: /다시 보내기/,
        wrong: '실패 · 번호 오류',
      },
      en: {
        send: 'Send notices (2)',
        question: 'Send notices to winners (2)?',
        confirm: 'Send notices',
        price: 'Long message (LMS)',
        waiting: /Waiting 2/,
        states: /Sent 1 · Outcome unknown 1|Outcome unknown 1 · Sent 1/,
        again: /Send again/,
        wrong: 'Failed · wrong number',
      },
    }[language]
    test.use({
      colorScheme,
      viewport: { width, height: 900 },
      contextOptions: { reducedMotion: 'reduce' },
    })

    test('the owner sees text, receivers and price, sends once, and repeats what failed', async ({
      page,
      shop,
      context,
      baseURL,
    }) => {
      const eventId = await createDrawnEvent(shop)
      const owner = new OwnerPage(page)
      await owner.signIn(shop.stack)
      if (language === 'en')
        await context.addCookies([{ name: 'eungmo_lang', value: 'en', url: baseURL ?? '' }])
      await owner.open(eventId, 'draw')
      await expectFitAndAccessible(page, 'before the first notice')
      await panel(page).getByRole('button', { name: words.send }).click()
      const dialog = page.getByRole('dialog', { name: words.question })
      await expect(dialog).toContainText('축하해요!')
      await expect(dialog).toContainText(words.price)
      await expectFitAndAccessible(page, 'send dialog')
      await dialog.getByRole('radio', { name: 'English' }).check()
      await expect(dialog).toContainText('Congratulations!')
      await dialog.getByRole('button', { name: words.confirm }).click()
      await expect(dialog).toBeHidden()
      await expect(panel(page)).toContainText(words.waiting)
      await expect(panel(page).getByRole('button', { name: words.send })).toHaveCount(0)

      const { sql, close } = connect(shop.stack.databaseUrl, { max: 1 })
      try {
        const [first] = await sql`select id from notices where event_id = ${eventId} and kind = 'won' limit 1`
        await sql`update notices set state = case when id = ${first?.id} then 'unknown' else 'sent' end
          where event_id = ${eventId} and kind = 'won'`
        await page.reload()
        await expect(panel(page)).toContainText(words.states)
        await expectFitAndAccessible(page, 'an unknown outcome')
        await panel(page).getByRole('button', { name: words.again }).click()
        await expect(panel(page).getByRole('button', { name: words.again })).toHaveCount(0)
        await sql`update notices set state = 'failed', problem = 'wrong-number' where id = ${first?.id}`
        await page.reload()
        await expect(panel(page)).toContainText(words.wrong)
      } finally {
        await close()
      }
    })

    test('the privacy page names who sends the messages', async ({ page, shop }) => {
      const event = await shop.createEvent()
      await page.goto(`/e/${event.slug}/privacy`)
      await expect(page.getByText('SOLAPI')).toBeVisible()
    })
  })
