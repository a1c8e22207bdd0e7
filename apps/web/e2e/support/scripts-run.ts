import type { Page } from '@playwright/test'

/**
 * Resolves when the page's scripts run, or at once where scripts are switched off. A page shows what the server rendered
 * before they do: until then keys are lost, and a connection that a test cuts leaves it without them.
 * @throws after 10 s
 */
export async function untilScriptsRun(page: Page, timeout = 10_000): Promise<void> {
  await page.waitForFunction(() => globalThis.earlyPress?.replayed !== false, undefined, { timeout })
}
