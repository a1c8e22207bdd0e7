import { personalColumns } from '@eungmo/db/schema/personal-columns'
import { openName, openPhone } from '../../src/crypto/open-personal-envelopes.ts'
import { DAY_MS, type Entry, goneAt, promisedEnd, undrawnUntil } from './model.ts'
import { count, type Year } from './year.ts'

type Row = Record<string, unknown>

const columnsOf = (table: string, destruction: 'set null' | 'cut to the hour') =>
  personalColumns
    .filter(
      (column) => column.withParticipant && column.table === table && column.destruction === destruction,
    )
    .map(({ column }) => column)

const NULLED = {
  participants: columnsOf('participants', 'set null'),
  draw_winners: columnsOf('draw_winners', 'set null'),
}
/** What every entry of the simulation has. */
const REQUIRED = ['name', 'phone_number', 'phone_index', 'submission_id', 'application_number']
const CUT = columnsOf('participants', 'cut to the hour')
const HOUR_MS = DAY_MS / 24

/** What the rows of an entry hold, and what is wrong with it. */
export interface CheckedEntries {
  problems: string[]
  /** The stored values of everybody whose data is stored, as `findStored` finds them. */
  stored: Set<string>
  storedEntries: number
}

/**
 * Compares the rows of every entry with the model: nothing is stored beyond its time, nothing is missing before,
 * and what is stored opens to what was entered.
 */
export async function checkEntries(year: Year): Promise<CheckedEntries> {
  const { sql } = year.installation.api
  const rows = new Map<string, Row>(
    (await sql`select * from participants`).map((row) => [String(row.id), row]),
  )
  const places = Map.groupBy((await sql`select * from draw_winners`) as readonly Row[], (row) =>
    String(row.participant_id),
  )
  const checked: CheckedEntries = { problems: [], stored: new Set(), storedEntries: 0 }
  for (const entry of year.events.flatMap(({ entries }) => entries)) {
    const row = rows.get(entry.participantId) ?? {}
    const held = places.get(entry.participantId) ?? []
    entry.holds = held.some(({ standing }) => standing === 'selected' || standing === 'alternate')
    const values = [
      ...NULLED.participants.map((column) => row[column]),
      ...held.flatMap((place) => NULLED.draw_winners.map((column) => place[column])),
    ].flatMap((value) => textOf(value) ?? [])
    const problem =
      goneAt(entry) <= year.now()
        ? goneProblem(row, values)
        : (storedProblem(year, entry, row) ??
          (promisedEnd(entry) <= year.now() ? 'is stored beyond the day that its text names' : null))
    if (problem) checked.problems.push(`${describe(year, entry)} ${problem}`)
    if (values.length === 0) continue
    checked.storedEntries += 1
    for (const value of values) checked.stored.add(value)
  }
  return checked
}

function textOf(value: unknown): string | null {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  return typeof value === 'string' ? value : null
}

function goneProblem(row: Row, values: readonly string[]): string | null {
  if (values.length > 0) return 'is stored beyond its time'
  const isCut = (value: unknown) => value === null || new Date(String(value)).getTime() % HOUR_MS === 0
  const whole = CUT.filter((column) => !isCut(row[column]))
  return whole.length > 0 ? `has minutes in ${whole.join(', ')}` : null
}

function storedProblem(year: Year, entry: Entry, row: Row): string | null {
  const missing = REQUIRED.filter((column) => row[column] === null || row[column] === undefined)
  if (missing.length > 0) return `lacks ${missing.join(', ')} before its time`
  const { secrets } = year.installation.dependencies
  const subject = { eventId: entry.event.id, participantId: entry.participantId }
  const name = openName(secrets, subject, row.name as Uint8Array)
  const { e164 } = openPhone(secrets, subject, row.phone_number as Uint8Array)
  return name === entry.name && e164 === `+8210${entry.person.digits}`
    ? null
    : 'opens to another name or number'
}

const inDays = (ms: number) => `${(ms / DAY_MS).toFixed(3)} days`

const describe = (year: Year, entry: Entry) =>
  `entry ${entry.participantId} of ${entry.event.status} event ${entry.event.id} (due ${inDays(goneAt(entry) - year.now())} from now)`

/**
 * Events that were cancelled by themselves too late or too early. Those that had to be are cancelled from now on,
 * and each as of the instant that is stored.
 */
export async function checkUndrawn(year: Year): Promise<string[]> {
  const rows = await year.installation.api.sql<{ id: string; status: string; cancelled: string | null }[]>`
    select id, status, extract(epoch from cancelled_at) * 1000 as cancelled from events`
  const byId = new Map(rows.map((row) => [row.id, row]))
  return year.events.flatMap((event) => {
    const row = byId.get(event.id)
    if (event.status === 'published' && undrawnUntil(event) <= year.now()) {
      event.status = 'cancelled'
      count(year, 'undrawn events cancelled by the job')
    }
    if (row?.cancelled) event.cancelledAt = Number(row.cancelled) + year.passed()
    return row?.status === event.status
      ? []
      : [`event ${event.id} is ${row?.status} and should be ${event.status}`]
  })
}
