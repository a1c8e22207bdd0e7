import { OwnerPage } from './pages/owner-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import { pageTexts } from './support/page-texts.ts'
import { untilScriptsRun } from './support/scripts-run.ts'

const WIDTHS_PX = [360, 768, 1280]
const NAMES = ['opening', 'tasting', 'birthday', 'regulars', 'holiday'] as const

for (const language of ['ko', 'en'] as const)
  test(`${language}: a shop without events chooses among five starting points, and publishes one as it is`, async ({
    page,
  }) => {
    const t = pageTexts(language)
    const ownerPage = new OwnerPage(page)
    await ownerPage.signUp('시작하는 가게')
    await page.goto(`/admin/events?lang=${language}`)
    await untilScriptsRun(page)
    for (const name of NAMES)
      await expect(page.getByRole('link', { name: t(`start_${name}`), exact: true })).toBeVisible()
    for (const width of WIDTHS_PX) {
      await page.setViewportSize({ width, height: 900 })
      await expectFitAndAccessible(page, `no events at ${width} px`)
    }
    await page.getByRole('link', { name: t('start_birthday'), exact: true }).click()
    await expect(page.getByLabel(t('form_title'), { exact: true })).toHaveValue(t('start_birthday_title'))
    await expect(page.getByRole('radio', { name: t('start_birthday') })).toBeChecked()
    await page.getByRole('button', { name: t('form_create') }).click()
    await expect(page.getByText(t('start_birthday_prize')).first()).toBeVisible()
    await page
      .getByRole('button', { name: t('event_publish') })
      .first()
      .click()
    await ownerPage.dialog.getByRole('button', { name: t('event_publish') }).click()
    await expect(ownerPage.dialog).toHaveCount(0)
    await expect(page.getByRole('heading', { name: t('start_birthday_title') })).toBeVisible()
  })

test('another starting point leaves what was typed, and fills the rest', async ({ page, shop }) => {
  const t = pageTexts('ko')
  await new OwnerPage(page).signInByRequest(shop.stack)
  await page.goto('/admin/events/new?start=opening')
  await untilScriptsRun(page)
  const title = page.getByLabel(t('form_title'))
  const prize = page.getByLabel(t('form_prize_name', { position: 1 }))
  await expect(title).toHaveValue(t('start_opening_title'))
  await title.fill('내가 쓴 제목')
  // By keyboard alone.
  await page.getByRole('radio', { name: t('start_opening') }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: t('start_tasting') })).toBeChecked()
  await expect(prize).toHaveValue(t('start_tasting_prize'))
  await expect(title).toHaveValue('내가 쓴 제목')
  await prize.fill('내 경품')
  await page.getByText(t('start_empty')).click()
  await expect(prize).toHaveValue('내 경품')
  await expect(title).toHaveValue('내가 쓴 제목')
  await expect(page.getByLabel(t('form_story'))).toHaveValue('')
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: 900 })
    await expectFitAndAccessible(page, `event form with starting points at ${width} px`)
  }
})

test('an unknown starting point in the address is an empty form', async ({ page, shop }) => {
  await new OwnerPage(page).signInByRequest(shop.stack)
  await page.goto('/admin/events/new?start=toString')
  await untilScriptsRun(page)
  await expect(page.getByLabel('이벤트 제목')).toHaveValue('')
})
