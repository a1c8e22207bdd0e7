import type { Page } from '@playwright/test'
import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'

declare global {
  var sharedFiles: { name: string; type: string; size: number }[]
}

const USER_AGENTS = {
  KakaoTalk:
    'Mozilla/5.0 (Linux; Android 14; SM-S911N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.0.0 Mobile Safari/537.36;KAKAOTALK 2410750',
  Instagram:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21E219 Instagram 325.0.3.34.90',
}

/** As those browsers are: downloads do nothing, and there is no sheet, or one with these abilities. */
const restrict = (page: Page, sheet?: 'shares' | 'rejects') =>
  page.addInitScript((ability) => {
    HTMLAnchorElement.prototype.click = () => undefined
    globalThis.sharedFiles = []
    const share = async ({ files = [] }: ShareData) => {
      if (ability === 'rejects') throw new DOMException('', 'NotAllowedError')
      globalThis.sharedFiles.push(...files.map(({ name, type, size }) => ({ name, type, size })))
    }
    for (const [name, value] of [
      ['share', ability && share],
      ['canShare', ability && (() => true)],
    ])
      Object.defineProperty(navigator, String(name), { value, configurable: true })
  }, sheet)

const save = (page: Page, name: string) => page.getByRole('button', { name }).click()

for (const [app, userAgent] of Object.entries(USER_AGENTS))
  test.describe(app, () => {
    test.use({ userAgent })

    test('the ticket is shown to be saved by a long press, and the receipt to be copied', async ({
      page,
      shop,
    }) => {
      const errors: string[] = []
      page.on('pageerror', ({ message }) => errors.push(message))
      await restrict(page)
      const number = await new EntryPage(page).enter((await shop.createEvent()).slug)
      await save(page, '이미지 저장')
      const picture = page.getByRole('img', { name: `응모권 ${number}` })
      await expect(picture).toBeVisible()
      await expect(page.getByText('그림을 길게 눌러 저장해 주세요.')).toBeVisible()
      expect(
        await picture.evaluate((image: HTMLImageElement) => [image.src.slice(0, 15), image.naturalWidth]),
      ).toEqual(['data:image/png;', 900])
      await expectFitAndAccessible(page, 'ticket to be saved')
      await page.getByText('응모 영수증', { exact: true }).click()
      await save(page, '영수증 저장')
      await expect(page.getByText('이 앱에서는 파일을 저장할 수 없어요.')).toBeVisible()
      expect(errors).toEqual([])
    })

    test('where the app has a share sheet, the files go there', async ({ page, shop }) => {
      await restrict(page, 'shares')
      const number = await new EntryPage(page).enter((await shop.createEvent()).slug)
      await save(page, '이미지 저장')
      await expect
        .poll(() => page.evaluate(() => sharedFiles))
        .toEqual([{ name: `eungmo-${number}.png`, type: 'image/png', size: expect.any(Number) }])
      await page.getByText('응모 영수증', { exact: true }).click()
      await save(page, '영수증 저장')
      await expect.poll(() => page.evaluate(() => sharedFiles.length)).toBe(2)
    })

    test('a sheet that is not allowed falls back to the picture', async ({ page, shop }) => {
      await restrict(page, 'rejects')
      const number = await new EntryPage(page).enter((await shop.createEvent()).slug)
      await save(page, '이미지 저장')
      await expect(page.getByRole('img', { name: `응모권 ${number}` })).toBeVisible()
      await page.getByRole('button', { name: '다른 앱으로 보내기' }).click()
      await expect(page.getByText('화면을 캡처해 보관해 주세요.')).toBeVisible()
    })

    test('the certificate’s picture opens', async ({ page, shop }) => {
      const event = await shop.createEvent()
      await shop.enter(event.id, uniquePhoneNumber())
      await shop.close(event.id)
      const { drawLogId } = await shop.draw(event.id, 1)
      await page.goto(`/verify/${drawLogId}/certificate`)
      const link = page.locator('a[href*="certificate.png"]')
      await expect(link).not.toHaveAttribute('download')
      await link.click()
      await expect(page).toHaveURL(/certificate\.png/)
    })
  })

test('where a ticket cannot be drawn, the page says what else to do', async ({ page, shop }) => {
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.toBlob = (done) => done(null)
  })
  await new EntryPage(page).enter((await shop.createEvent()).slug)
  await save(page, '이미지 저장')
  await expect(page.getByText('그림을 저장하지 못했어요. 화면을 캡처해 보관해 주세요.')).toBeVisible()
  expect(errors).toEqual([])
})
