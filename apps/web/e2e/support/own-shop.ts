import type { Page } from '@playwright/test'
import { OwnerPage } from '../pages/owner-page.ts'
import type { TestEvent } from './shop-client.ts'

const HOUR_MS = 3_600_000

/** Signs up with a shop of the test's own, and publishes an open event there; the page stays signed in. */
export async function openOwnShop(page: Page, shopName: string, contact: string): Promise<TestEvent> {
  await new OwnerPage(page).signUp(shopName)
  const origin = new URL(page.url()).origin
  const mutate = async <Result>(procedure: string, data: object): Promise<Result> => {
    const response = await page.request.post(`/api/trpc/${procedure}`, { data, headers: { origin } })
    if (!response.ok()) throw new Error(`${procedure}: ${response.status()} ${await response.text()}`)
    const { result }: { result: { data: Result } } = await response.json()
    return result.data
  }
  await mutate('shops.updateDetails', { contact, address: '', openingHours: '', privacyOfficer: '' })
  const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString()
  const event = await mutate<TestEvent>('events.create', {
    title: '동네 이벤트',
    startsAt: inHours(-1),
    endsAt: inHours(240),
    announcementDate: inHours(264),
    winnerCount: 1,
  })
  await mutate('events.publish', { eventId: event.id })
  return event
}
