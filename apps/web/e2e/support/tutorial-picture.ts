import { mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'

const folder = fileURLToPath(new URL('../../../../docs/pictures/tutorial/', import.meta.url))

const fontFile = fileURLToPath(
  new URL('../../node_modules/pretendard/dist/web/variable/woff2/PretendardVariable.woff2', import.meta.url),
)

/** Entry pages show what owners typed in the phone's own font; the browser of the tests has no Korean one. */
async function addFontOfPhones(page: Page): Promise<void> {
  await page.evaluate(
    async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      document.fonts.add(await new FontFace('Phone', bytes.buffer, { weight: '45 920' }).load())
      for (const name of ['--font-user', '--system-font'])
        document.documentElement.style.setProperty(name, 'Phone')
    },
    readFileSync(fontFile, 'base64'),
  )
}

/**
 * Writes a picture of the tutorial in the language of its page. Does nothing unless TUTORIAL_PICTURES is set:
 * `TUTORIAL_PICTURES=yes bun run test:e2e newcomer`.
 */
export async function tutorialPicture(
  page: Page,
  name: string,
  language: string,
  { part = 'screen' }: { part?: 'screen' | 'page' | 'picture' } = {},
): Promise<void> {
  if (!process.env.TUTORIAL_PICTURES) return
  mkdirSync(folder, { recursive: true })
  await addFontOfPhones(page)
  const options = { path: `${folder}${name}.${language}.png`, animations: 'disabled', caret: 'hide' } as const
  if (part === 'picture') await page.getByRole('img').screenshot(options)
  else await page.screenshot({ ...options, fullPage: part === 'page' })
}
