import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Rules whose result depends on colours. */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/**
 * Expects no violation of WCAG 2.2 AA that axe finds, and nothing that scrolls sideways; `what` names the screen in errors.
 * `onlyColours` leaves out the rules that do not depend on colours, for a screen that is checked in another theme as well.
 */
export async function expectFitAndAccessible(page: Page, what: string, onlyColours = false): Promise<void> {
  // Elements fade in; colours are checked as they are at the end. Waiting for that needs frames, which a busy machine
  // may not paint.
  await page.evaluate(() => {
    for (const animation of document.getAnimations())
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish()
  })
  const axe = new AxeBuilder({ page })
  const { violations } = await (onlyColours
    ? axe.withRules(COLOUR_RULES)
    : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
  ).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' ')}`),
    what,
  ).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow, `${what} scrolls sideways`).toBeLessThanOrEqual(0)
}
