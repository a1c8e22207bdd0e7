import { attempt } from './installation.ts'
import { DAY_MS, type Entry, type SimulatedEvent } from './model.ts'
import { type Person, spelled } from './people.ts'
import { count, type Year } from './year.ts'

const SEOUL_OFFSET_MS = 9 * 3_600_000

/** Enters an event, as somebody who has read its consent text. */
export async function enter(year: Year, event: SimulatedEvent, person: Person): Promise<void> {
  const { installation, random } = year
  const { consent } = await installation.anonymous.events.get({ eventId: event.id })
  const phoneNumber = spelled(person, random)
  const { value, code } = await attempt(
    installation.anonymous.participations.register({
      eventId: event.id,
      name: person.name,
      phoneNumber,
      entryPath: 'SNS',
      privacyConsent: true,
      consentVersion: consent.version,
      submissionId: crypto.randomUUID(),
    }),
    ['ALREADY_PARTICIPATED'],
  )
  count(year, `entries: ${code ?? 'done'}`)
  if (!value) return
  const [row] = await installation.api.sql<{ id: string }[]>`select id from participants
    where event_id = ${event.id} and application_number = ${value.applicationNumber}`
  event.entries.push({
    event,
    person,
    phoneNumber,
    name: person.name,
    participantId: row?.id ?? '',
    applicationNumber: value.applicationNumber,
    version: consent.version,
    promised: promisedDays(year, consent.text.ko),
    withdrawnAt: null,
    holds: false,
    receipt: value.receipt,
  })
}

/** The ends of the two days that a consent text names, in the simulated calendar. */
function promisedDays(year: Year, text: string): { others: number; winners: number } {
  const [others, winners] = [...text.matchAll(/(\d{4})년 (\d{1,2})월 (\d{1,2})일/g)].map(
    ([, y, m, d]) => Date.UTC(Number(y), Number(m) - 1, Number(d) + 1) - SEOUL_OFFSET_MS,
  )
  if (others === undefined || winners === undefined) throw new Error(`a text names no two days: ${text}`)
  // The text says a day of the database's calendar, which is behind the simulated one.
  return { others: others + year.passed(), winners: winners + year.passed() }
}

/** What an entrant does after proving to be it. */
export async function useRights(year: Year, entry: Entry): Promise<void> {
  const { random, people } = year
  const { participations } = year.installation.anonymous
  const { event, applicationNumber, phoneNumber } = entry
  const eventId = event.id
  const own = await attempt(participations.ownData({ eventId, applicationNumber, phoneNumber }), [
    'NOT_FOUND',
  ])
  count(year, `own data seen: ${own.code ?? 'done'}`)
  if (!own.value) return
  const { proof } = own.value
  if (random.chance(0.4)) {
    const name = people.nextName()
    const corrected = await attempt(participations.correctName({ eventId, proof, name }), [
      'CONFLICT',
      'NOT_FOUND',
    ])
    count(year, `names corrected: ${corrected.code ?? 'done'}`)
    if (corrected.value) entry.name = name
  } else {
    const receipt = entry.receipt as Parameters<typeof participations.withdraw>[0]['receipt']
    const withdrawnAt = year.now()
    await participations.withdraw({ eventId, proof, ...(random.chance(0.8) && { receipt }) }).then(
      () => {
        entry.withdrawnAt = withdrawnAt
        count(year, `withdrawals: ${event.status}`)
      },
      async (error) => {
        // Winners, and before the announcement everybody, need it.
        await attempt(Promise.reject(error), ['VALIDATION_FAILED'])
        count(year, 'withdrawals: receipt required')
      },
    )
    // The same person enters again.
    if (entry.withdrawnAt !== null && event.status === 'published' && year.now() < event.endsAt)
      if (random.chance(0.5)) await enter(year, event, entry.person)
  }
}

/** Somebody guesses the application number of a phone number: an attempt is counted under both. */
export async function guess(year: Year, entry: Entry): Promise<void> {
  const other = year.people.next()
  const { event, applicationNumber } = entry
  await attempt(
    year.installation.anonymous.participations.selfCheck({
      eventId: event.id,
      applicationNumber,
      phoneNumber: spelled(other, year.random),
    }),
    ['NOT_FOUND'],
  )
  count(year, 'wrong guesses')
}

/** Staff mark a visit, and the owner takes some back. */
export async function markVisit(year: Year, entry: Entry): Promise<void> {
  if (entry.event.status !== 'published') return
  const target = { eventId: entry.event.id, participantId: entry.participantId }
  const { owner, staff } = year.installation
  const gone = entry.withdrawnAt === null ? [] : ['NOT_FOUND']
  const marked = await attempt(staff.participants.markVisit(target), ['CONFLICT', ...gone])
  count(year, `visits marked: ${marked.code ?? 'done'}`)
  if (!marked.value || !year.random.chance(0.3)) return
  const taken = await attempt(owner.participants.unmarkVisit(target), ['VISIT_CONFIRMED'])
  count(year, `visits taken back: ${taken.code ?? 'done'}`)
}

/** Days on which an event takes entries. */
export const isOpen = (year: Year, { startsAt, endsAt, status }: SimulatedEvent): boolean =>
  status === 'published' && startsAt <= year.now() && year.now() < endsAt - DAY_MS / 24
