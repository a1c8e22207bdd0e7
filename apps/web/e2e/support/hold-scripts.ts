import type { Page } from '@playwright/test'

/** Holds the page's scripts back; resolves to what lets them load. */
export async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/_app/**/*.js', async (route) => {
    await released
    await route.continue()
  })
  return () => release()
}
