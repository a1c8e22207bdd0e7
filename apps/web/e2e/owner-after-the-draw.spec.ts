import { readFile } from 'node:fs/promises'
import { type Browser, devices, type Locator, type Page } from '@playwright/test'
import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { eventIdOf } from './support/event-id-of.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect } from './support/fixtures.ts'
import { type Language, pageTexts } from './support/page-texts.ts'
import { readQrCode } from './support/read-qr-code.ts'
import { untilScriptsRun } from './support/scripts-run.ts'
import { claimPathIn, sendNotices, type TextMessage } from './support/send-notices.ts'
import type { ShopClient } from './support/shop-client.ts'
import { testWithProvider as test } from './support/with-provider.ts'

const ENTRIES = 30
const PRIZE = '주말 브런치 식사권'
const PHONE = { ...devices['Galaxy S8'], viewport: { width: 360, height: 740 }, locale: 'ko-KR' }
const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1_000)

interface Story {
  t: ReturnType<typeof pageTexts>
  language: Language
  shop: ShopClient
  owner: OwnerPage
  origin: string
}

/** Creates and publishes an event in the form; resolves to its id. */
async function publish({ t, owner: { page, dialog } }: Story, title: string): Promise<string> {
  await page.goto('/admin/events/new')
  await untilScriptsRun(page)
  await page.getByLabel(t('form_title'), { exact: true }).fill(title)
  await page.getByLabel(t('form_prize_name', { position: 1 })).fill(PRIZE)
  await page.getByLabel(t('form_prize_count', { position: 1 })).fill('2')
  await page.getByLabel(t('form_prize_value', { position: 1 })).fill('120000')
  await page.getByLabel(t('form_alternates'), { exact: true }).fill('2')
  await expect(page.getByRole('radio', { name: t('form_draw_automatic') })).toBeChecked()
  await page
    .getByRole('group', { name: t('form_sit_out') })
    .getByText(/^1(개월| month)$/)
    .click()
  await page.getByRole('button', { name: t('form_create') }).click()
  await page
    .getByRole('button', { name: t('event_publish') })
    .first()
    .click()
  await dialog.getByRole('button', { name: t('event_publish') }).click()
  await expect(dialog).toHaveCount(0)
  return eventIdOf(page)
}

/** Enters on a phone once, and over REST for the rest; resolves to the phone numbers. */
async function enter(browser: Browser, { shop, origin }: Story, eventId: string): Promise<string[]> {
  // The form proposes a later start.
  const startsAt = secondsAgo(3_600)
  const { slug } = await shop.call<{ slug: string }>('PATCH', `/events/${eventId}`, { startsAt })
  const phones = Array.from({ length: ENTRIES }, uniquePhoneNumber)
  const [first = '', ...others] = phones
  const context = await browser.newContext({ ...PHONE, baseURL: origin })
  await new EntryPage(await context.newPage()).enter(slug, first)
  await context.close()
  await Promise.all(others.map((phone) => shop.enter(eventId, phone, '김하늘')))
  return phones
}

/** Moves the close far enough into the past for the automatic draw, and waits for its job. */
async function untilDrawn({ shop, t, owner }: Story, eventId: string): Promise<void> {
  await shop.call('PATCH', `/events/${eventId}`, {
    endsAt: secondsAgo(420),
    announcementDate: secondsAgo(30),
  })
  await expect
    .poll(
      async () =>
        (await shop.call<{ drawnAt: string | null }[]>('GET', `/events/${eventId}/draws`))[0]?.drawnAt,
      { timeout: 30_000 },
    )
    .toMatch(/Z$/)
  await owner.open(eventId, 'draw')
  await expect(owner.page.getByRole('heading', { name: t('notices_title') })).toBeVisible()
}

const button = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true })

/** The winner opens the link in a message on a phone, and proves by the last four digits. */
async function openClaim(page: Page, { t, language }: Story, message: TextMessage): Promise<void> {
  await page.goto(`${claimPathIn(message)}?lang=${language}`)
  await page.getByLabel(t('claim_last_digits')).fill(message.to.slice(-4))
  await button(page, t('claim_check')).click()
  await expect(page.getByText(PRIZE)).toBeVisible()
}

for (const language of ['ko', 'en'] as const)
  test.describe(language, () => {
    test.use({ contextOptions: { reducedMotion: 'reduce' } })
    test.setTimeout(120_000)

    test('a draw by itself ends with prizes handed over, and its winner sits out of the next one', async ({
      page,
      browser,
      shop,
      context,
      baseURL: origin = '',
    }, testInfo) => {
      const story = { t: pageTexts(language), language, shop, owner: new OwnerPage(page), origin }
      const { t } = story
      const look = async (on: Page, name: string) => {
        await expectFitAndAccessible(on, name)
        await on.screenshot({ path: testInfo.outputPath(`${language}-${name}.png`), fullPage: true })
      }
      await context.addCookies([{ name: 'eungmo_lang', value: language, url: origin }])
      await story.owner.signInByRequest({ ...shop.stack, baseUrl: origin })
      const eventId = await publish(story, `수확제 식사권 추첨 ${language}`)
      await enter(browser, story, eventId)
      await untilDrawn(story, eventId)

      // The owner sends the notices.
      await button(page, t('notices_send_count', { count: 2 })).click()
      await story.owner.dialog.getByRole('radio', { name: t(`notices_language_${language}`) }).check()
      await button(story.owner.dialog, t('notices_send')).click()
      await expect(story.owner.dialog).toHaveCount(0)
      const first = await sendNotices(shop.stack, origin)
      expect(first.map(claimPathIn).filter(Boolean)).toHaveLength(2)
      const [confirming, declining] = first
      if (!confirming || !declining) throw new Error('two winners got no message each')

      // One winner confirms on a phone, and the other declines.
      const phone = await (await browser.newContext({ ...PHONE, baseURL: origin })).newPage()
      await openClaim(phone, story, confirming)
      await look(phone, 'claim')
      await phone.getByText(t('claim_today'), { exact: true }).click()
      await button(phone, t('claim_confirm')).click()
      await expect(phone.getByRole('heading', { name: t('claim_done_title') })).toBeVisible()
      await look(phone, 'ticket')
      const other = await (await browser.newContext({ ...PHONE, baseURL: origin })).newPage()
      await openClaim(other, story, declining)
      await other.getByRole('link', { name: t('claim_decline') }).click()
      await button(other, t('claim_decline')).click()
      await expect(other.getByRole('heading', { name: t('claim_declined_title') })).toBeVisible()

      // The alternate moves up and is notified; the one who confirmed gets a confirmation.
      const later = await sendNotices(shop.stack, origin)
      const alternate = later.find(({ to }) => to !== confirming.to)
      expect(later).toHaveLength(2)
      expect(alternate?.to).not.toBe(declining.to)
      expect(claimPathIn(alternate ?? { to: '', text: '' })).not.toBe('')

      // Staff scan the code on the winner's phone.
      await page.goto(new URL(await readQrCode(phone.getByRole('img', { name: t('claim_qr') }))).pathname)
      await look(page, 'hand-over')
      await untilScriptsRun(page)
      await button(page, t('hand_over_complete')).click()
      await expect(page.getByText(t('hand_over_done', { at: '' }).trim())).toBeVisible({ timeout: 15_000 })

      await story.owner.open(eventId, 'draw')
      await expect(page.getByText(t('desk_did_hand_over')).first()).toBeVisible()
      await look(page, 'desk')

      // The tax office's list.
      const panel = page.getByRole('region', { name: t('tax_title') })
      await panel.locator('summary').click()
      await button(panel, t('export_for_tax')).click()
      const download = page.waitForEvent('download')
      await button(panel, t('export_download')).click()
      const csv = await readFile(await (await download).path(), 'utf8')
      expect(csv.match(new RegExp(`"${PRIZE}","120000"`, 'g'))).toHaveLength(2)
      expect(csv).toContain('"24000","2400","26400"')

      // The certificate, on paper and as a picture.
      const [draw] = await shop.call<{ drawLogId: string }[]>('GET', `/events/${eventId}/draws`)
      const certificate = `/verify/${draw?.drawLogId}/certificate`
      await page.goto(certificate)
      await look(page, 'certificate')
      const pdf = await page.pdf({ preferCSSPageSize: true, path: testInfo.outputPath('certificate.pdf') })
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
      expect((await page.request.get(`${certificate}.png`)).headers()['content-type']).toBe('image/png')

      // The second event leaves the earlier winner out.
      const next = await shop.createEvent({ sitOutMonths: 1 })
      await shop.enter(next.id, confirming.to)
      await shop.enter(next.id, uniquePhoneNumber())
      await shop.close(next.id)
      const { drawLogId } = await shop.draw(next.id, 1)
      await page.goto(`/verify/${drawLogId}`)
      await expect(page.getByText(t('verify_excluded_earlier_winners', { count: 1 }))).toBeVisible()
    })
  })
