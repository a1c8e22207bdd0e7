import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'

const folder = fileURLToPath(new URL('../../../../docs/pictures/tutorial/', import.meta.url))

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
  const options = { path: `${folder}${name}.${language}.png`, animations: 'disabled', caret: 'hide' } as const
  if (part === 'picture') await page.getByRole('img').screenshot(options)
  else await page.screenshot({ ...options, fullPage: part === 'page' })
}
