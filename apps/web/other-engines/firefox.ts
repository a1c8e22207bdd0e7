import { existsSync } from 'node:fs'
import { type ElementHandle, launch, ProtocolError } from 'puppeteer-core'
import type { Engine } from './engine.ts'

const EXECUTABLE = '/usr/bin/firefox-esr'

/** Why Firefox cannot run on this machine; null when it can. */
export const firefoxObstacle = () => (existsSync(EXECUTABLE) ? null : 'firefox-esr is missing')

const xpath = (place: string) => `::-p-xpath(${place})`

/** Starts Debian's Firefox, driven over WebDriver BiDi. */
export async function startFirefox(): Promise<Engine> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: EXECUTABLE,
    headless: true,
    extraPrefsFirefox: { 'intl.accept_languages': 'ko' },
  })
  const page = await browser.newPage()
  return {
    async open(url) {
      await page.goto(url)
    },
    async type(field, text) {
      await page.locator(xpath(field)).click({ count: 3 })
      await page.keyboard.press('Backspace')
      await page.keyboard.type(text)
    },
    async choose(fileInput, file) {
      const input = (await page.waitForSelector(xpath(fileInput))) as ElementHandle<HTMLInputElement> | null
      await input?.uploadFile(file)
    },
    click: (place) => page.locator(xpath(place)).click(),
    async text(place) {
      const evaluate = async () => {
        for (const element of await page.$$(xpath(place)))
          if (await element.isVisible()) return element.evaluate((node) => node.textContent)
        return null
      }
      // A page that is just left has no nodes any more.
      return evaluate().catch((error: unknown) => {
        if (error instanceof ProtocolError) return null
        throw error
      })
    },
    address: async () => page.url(),
    resize: (width, height) => page.setViewport({ width, height }),
    async screenshot(file) {
      await page.screenshot({ path: file as `${string}.png` })
    },
    close: () => browser.close(),
  }
}
