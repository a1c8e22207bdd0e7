import type { Page } from '@playwright/test'

/** The id of the event whose page is open. Throws on another page. */
export function eventIdOf(page: Page): string {
  const id = /events\/([\w-]{36})/.exec(page.url())?.[1]
  if (!id) throw new Error(`No event's page is open, but ${page.url()}.`)
  return id
}
