import type { Caller } from '../api-under-test.ts'

const hour = 3_600_000

/** An ISO instant, hours from now. */
export const inHours = (hours: number): string => new Date(Date.now() + hours * hour).toISOString()

type EventInput = Parameters<Caller['events']['create']>[0]

/** What is enough to make an event that is open now. */
export const eventInput = (given: Partial<EventInput> = {}): EventInput => ({
  title: '오픈 1주년 케이크 증정',
  startsAt: inHours(-1),
  endsAt: inHours(24),
  announcementDate: inHours(48),
  winnerCount: 2,
  ...given,
})

/** A published event that is open. */
export async function openEvent(owner: Caller, given: Partial<EventInput> = {}) {
  const { id } = await owner.events.create(eventInput(given))
  return owner.events.publish({ eventId: id })
}

/** Enters `count` people, one after the other; answers what each was answered, with the phone number. */
export async function enter(customer: Caller, eventId: string, count: number, from = 0) {
  const entries = []
  for (let number = from; number < from + count; number++) {
    const phoneNumber = `010-2000-${String(number).padStart(4, '0')}`
    const answer = await customer.participations.register({
      eventId,
      name: `김하늘${number}`,
      phoneNumber,
      entryPath: 'SNS',
      privacyConsent: true,
    })
    entries.push({ ...answer, phoneNumber })
  }
  return entries
}
