import { type Browser, devices, type Page } from '@playwright/test'
import { applicationNumberPattern } from './pages/entry-page.ts'
import { startConsumer } from './support/consumer-process.ts'
import { Keystrokes } from './support/keystrokes.ts'
import { expect, test } from './support/new-installation.ts'
import { type Language, pageTexts } from './support/page-texts.ts'
import { pagesOf } from './support/pages-of-pdf.ts'
import { cakePicture } from './support/picture-files.ts'
import { POSTER_QR_WITH_PICTURE } from './support/poster-qr.ts'
import { readQrCode } from './support/read-qr-code.ts'
import { untilScriptsRun } from './support/scripts-run.ts'
import { tutorialPicture } from './support/tutorial-picture.ts'

const MAX_SECONDS = 180
const LAPTOP = { viewport: { width: 1_000, height: 720 } }
const PHONE = { ...devices['Galaxy S8'], viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 }
const PASSWORD = 'warm-bread-at-seven'
const shopOf = { ko: '아침빵집', en: 'Morning Bakery' }
const pictureOf = { ko: '딸기 생크림 케이크', en: 'A strawberry cake' }
const personOf = { ko: '김하늘', en: 'Haneul Kim' }

interface Story {
  language: Language
  t: ReturnType<typeof pageTexts>
  hand: Keystrokes
  owner: Page
}

async function openContext(browser: Browser, device: object, language: Language): Promise<Page> {
  const context = await browser.newContext({ ...device, locale: language === 'ko' ? 'ko-KR' : 'en-US' })
  return context.newPage()
}

async function signUp({ t, hand, owner, language }: Story, origin: string, setupCode: string): Promise<void> {
  await owner.goto(`${origin}/sign-up?lang=${language}`)
  await untilScriptsRun(owner)
  await hand.type(owner.getByLabel(t('sign_up_code')), setupCode)
  await hand.type(owner.getByLabel(t('sign_up_shop')), shopOf[language])
  await hand.type(owner.getByLabel(t('sign_up_name')), personOf[language])
  await hand.type(owner.getByLabel(t('login_email')), 'owner@bakery.kr')
  await hand.type(owner.getByLabel(t('login_password')), PASSWORD)
  await tutorialPicture(owner, '1-sign-up', language, { part: 'page' })
  await hand.press(owner.getByRole('button', { name: t('sign_up_submit') }))
  await expect(owner.getByRole('heading', { name: t('signed_up_title') })).toBeVisible()
  await hand.type(owner.getByLabel(t('login_password')), PASSWORD)
  await hand.press(owner.getByRole('button', { name: t('login_submit') }))
  await owner.waitForURL('**/admin/events', { timeout: 15_000 })
}

/** From a starting point to a public event. */
async function publish({ t, hand, owner, language }: Story): Promise<void> {
  await expect(owner.getByRole('heading', { name: t('empty_title') })).toBeVisible()
  await tutorialPicture(owner, '2-starting-points', language)
  await hand.press(owner.getByRole('link', { name: t('start_opening'), exact: true }))
  await expect(owner.getByLabel(t('form_title'), { exact: true })).toHaveValue(t('start_opening_title'))
  // The field opens the system's own dialog, in which a person chooses the file.
  hand.presses += 2
  const buffer = await cakePicture()
  await owner
    .getByLabel(t('form_picture'))
    .setInputFiles({ name: 'cake.jpg', mimeType: 'image/jpeg', buffer })
  await hand.type(owner.getByLabel(t('form_alt_text')), pictureOf[language])
  await owner.evaluate(() => scrollTo(0, 0))
  await tutorialPicture(owner, '3-form', language)
  await hand.press(owner.getByRole('button', { name: t('form_create') }))
  await hand.press(owner.getByRole('button', { name: t('event_publish') }).first())
  const dialog = owner.getByRole('dialog')
  await expect(dialog).toContainText(t('publish_opens_now'))
  await tutorialPicture(owner, '4-publish', language)
  await hand.press(dialog.getByRole('button', { name: t('event_publish') }))
  await expect(dialog).toHaveCount(0)
}

/** Prints the poster of SNS to a PDF of one page; resolves to the address that a camera reads on it. */
async function printPoster({ t, hand, owner, language }: Story): Promise<string> {
  await hand.press(owner.getByRole('link', { name: t('tab_channels') }))
  await hand.press(owner.getByRole('link', { name: t('channel_poster_named', { name: 'SNS' }) }))
  await owner.waitForURL('**/poster*')
  if (language === 'en') await hand.press(owner.getByRole('link', { name: 'English' }))
  const poster = owner.getByRole('img')
  await expect(poster).toHaveAccessibleName(new RegExp(`${pictureOf[language]}.*${t('start_opening_prize')}`))
  // Printing opens the browser's own dialog, in which a person presses once more.
  await owner.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  await hand.press(owner.getByRole('button', { name: t('poster_print') }))
  await expect(owner.locator('[data-printed]')).toHaveCount(1)
  hand.presses += 1
  expect(pagesOf(await owner.pdf({ preferCSSPageSize: true }))).toBe(1)
  await tutorialPicture(owner, '5-poster', language, { part: 'picture' })
  return readQrCode(poster, POSTER_QR_WITH_PICTURE)
}

async function enter({ t, hand, language }: Story, phone: Page, address: string): Promise<void> {
  hand.scans += 1
  await phone.goto(address)
  await untilScriptsRun(phone)
  await expect(phone.getByLabel(t('entry_name'), { exact: true })).toBeVisible()
  await expect(phone.getByRole('img', { name: pictureOf[language] })).toBeVisible()
  await tutorialPicture(phone, '6-entry', language)
  await hand.type(phone.getByLabel(t('entry_name'), { exact: true }), personOf[language])
  await hand.type(phone.getByLabel(t('entry_phone')), '01023456789')
  await hand.press(phone.getByLabel(t('entry_consent')))
  await hand.press(phone.getByRole('button', { name: t('entry_submit') }))
  await expect(phone.getByText(applicationNumberPattern)).toBeVisible()
  await tutorialPicture(phone, '7-ticket', language)
}

for (const language of ['ko', 'en'] as const)
  test(`${language}: from signing up to the first entry on the dashboard, a newcomer takes less than three minutes`, async ({
    browser,
    installation: { web, databaseUrl, setupLine },
  }) => {
    test.setTimeout(180_000)
    const consumer = startConsumer(databaseUrl)
    const setupCode = /setup code (\S+)$/.exec(setupLine().trim())?.[1] ?? ''
    const [owner, phone] = [
      await openContext(browser, LAPTOP, language),
      await openContext(browser, PHONE, language),
    ]
    const story: Story = { language, t: pageTexts(language), hand: new Keystrokes(), owner }
    await signUp(story, web.origin, setupCode)
    await publish(story)
    const address = await printPoster(story)
    expect(address).toContain('via=sns')
    await enter(story, phone, address)

    await story.hand.press(owner.getByRole('link', { name: story.t('poster_back') }))
    await story.hand.press(owner.getByRole('link', { name: story.t('tab_overview') }))
    await expect(owner.getByTestId('live-total')).toHaveAttribute('data-total', '1')
    // Views are stored every five seconds, and counted after that.
    const converted = story.t('total_views', { views: 1, count: 1, conversion: 100 })
    await expect(owner.getByTestId('live-views')).toHaveText(converted, { timeout: 30_000 })
    await tutorialPicture(owner, '8-dashboard', language)
    const { presses, fields, keys, seconds } = story.hand
    test.info().annotations.push({
      type: 'effort',
      description: `${presses} presses, ${fields} fields, ${keys} keys: ${Math.round(seconds)} s`,
    })
    expect(seconds).toBeLessThan(MAX_SECONDS)
    await owner.context().close()
    await phone.context().close()
    await consumer.stop()
  })
