import type { Caller } from './api-fixture.ts'

const HOUR_MS = 3_600_000

/** An ISO instant, hours from now. */
export const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString()

type EventInput = Parameters<Caller['events']['create']>[0]

/** The least that creates an event that is open now. */
export const eventInput = (overrides: Partial<EventInput> = {}): EventInput => ({
  title: '오픈 1주년 케이크 증정',
  startsAt: inHours(-1),
  endsAt: inHours(24),
  announcementDate: inHours(48),
  winnerCount: 2,
  ...overrides,
})

/** A published event that is open now. */
export async function createOpenEvent(owner: Caller, overrides: Partial<EventInput> = {}) {
  const { id } = await owner.events.create(eventInput(overrides))
  return owner.events.publish({ eventId: id })
}
