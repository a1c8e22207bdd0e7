import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { uniquePhoneNumber } from '../e2e/pages/entry-page.ts'
import { expect, test } from '../e2e/support/fixtures.ts'
import { cakePicture } from '../e2e/support/picture-files.ts'

const picture = join(import.meta.dirname, '../../../docs/pictures/chromium-92.png')

// Playwright's locators need a newer engine, so this story is told by keyboard and by reading the page.
const textOf = (page: Page, selector: string) =>
  page.evaluate((where) => document.querySelector(where)?.textContent?.trim() ?? null, selector)
const styleOf = (page: Page, selector: string, property: string) =>
  page.evaluate(
    ([where = '', name = '']) => {
      const element = document.querySelector(where)
      return element && getComputedStyle(element).getPropertyValue(name)
    },
    [selector, property],
  )

test('in Chromium 92 a customer enters, with the page’s styles and scripts', async ({ page, shop }) => {
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  const event = await shop.createEvent({ title: '오래된 휴대폰에서도 되는 이벤트' })
  await shop.setPicture(event.id, await cakePicture())
  await page.goto(`/e/${event.slug}`)

  // The picture, in the size of a phone.
  await expect
    .poll(() =>
      page.evaluate(() => {
        const picture = document.querySelector('img')
        return picture?.naturalWidth ? picture.currentSrc : null
      }),
    )
    .toContain('/small.webp')

  // Layers, colours for light and dark, and the chosen entry path.
  expect(await styleOf(page, 'html', 'background-color')).toBe('rgb(250, 247, 241)')
  expect(await styleOf(page, 'button[type=submit]', 'background-color')).toBe('rgb(199, 54, 43)')
  expect(await styleOf(page, '#field-name', 'height')).toBe('56px')

  // An error that only a script shows, before anything is sent.
  await page.focus('#field-name')
  await page.keyboard.insertText('김')
  await page.keyboard.press('Tab')
  await expect.poll(() => textOf(page, '#field-name-error')).toContain('이름을 2자 이상')
  await page.focus('#field-name')
  await page.keyboard.insertText('하늘')
  await page.focus('#field-phoneNumber')
  await page.keyboard.type(uniquePhoneNumber())
  expect(await page.evaluate(() => document.querySelector('input[type=tel]')?.matches(':focus'))).toBe(true)
  await page.focus('input[name=entryPath]')
  await page.keyboard.press('Space')
  await expect.poll(() => styleOf(page, 'input:checked + span', 'color')).toBe('rgb(199, 54, 43)')
  await page.focus('#field-privacyConsent')
  await page.keyboard.press('Space')
  await page.screenshot({ path: picture })
  await page.focus('button[type=submit]')
  await Promise.all([page.waitForURL('**/done'), page.keyboard.press('Enter')])

  await expect.poll(() => textOf(page, '[data-testid=application-number]')).toMatch(/^\w{4}-\w{4}$/)
  expect((await shop.participants(event.id)).items).toHaveLength(1)

  // The entry is listed among those of this phone.
  await page.goto('/mine')
  await expect.poll(() => textOf(page, 'main')).toContain(event.title)
  expect(errors).toEqual([])
})
