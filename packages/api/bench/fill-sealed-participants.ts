import type { Sql } from '@eungmo/db/connection/client'
import type { KeyRing } from '../src/crypto/key-ring.ts'
import { prepareEntry } from '../src/participations/prepare-entry.ts'
import {
  APPLICATION_NUMBER_ALPHABET,
  checkCharacter,
  formatApplicationNumber,
  RANDOM_LENGTH,
} from '../src/validation/application-number.ts'

const ROWS_PER_CHUNK = 1_000
const FAMILY_NAMES = '김이박최정강조윤장임한오서신권황안송전홍'
const SYLLABLES = '민서지우하은준도윤현수연아영진호주태성경나예유미빈채원'
/** A prime, which spreads consecutive numbers. */
const STRIDE = 7_368_787

/** The `at`-th of evenly spread words of `length` characters. */
function word(alphabet: string, length: number, at: number): string {
  let text = ''
  for (let rest = at; text.length < length; rest = Math.floor(rest / alphabet.length))
    text += alphabet.charAt(rest % alphabet.length)
  return text
}

const nameOf = (n: number) =>
  word(FAMILY_NAMES, 1, n) + word(SYLLABLES, 2, Math.floor(n / FAMILY_NAMES.length))

function numberOf(n: number): string {
  const body = word(APPLICATION_NUMBER_ALPHABET, RANDOM_LENGTH, n * STRIDE)
  return formatApplicationNumber(body + checkCharacter(body))
}

/**
 * Creates entries of an event whose names and phone numbers open with `keys`, and counts them; every fourth has
 * visited. The n-th, from 0, has the phone number 010-1000-0000 plus n. Vacuums the table, as autovacuum would have
 * during days of entering.
 */
export async function fillSealedParticipants(
  sql: Sql,
  keys: KeyRing,
  { eventId, count }: { eventId: string; count: number },
): Promise<void> {
  const copy = await sql`
    copy participants (event_id, id, name, phone_number, phone_index, entry_path, application_number, participated_at,
      entry_id, consented_at, consent_version, rules_seq, visited) from stdin`.writable()
  const at = new Date().toISOString()
  const bytes = (value: Uint8Array) => `\\\\x${Buffer.from(value).toString('hex')}`
  for (let from = 0; from < count; from += ROWS_PER_CHUNK) {
    let lines = ''
    for (let n = from; n < Math.min(from + ROWS_PER_CHUNK, count); n++) {
      const entry = { eventId, name: nameOf(n), phoneNumber: `+8210${10_000_000 + n}`, entryPath: 'SNS' }
      const none = { visitToken: null, submissionId: null, consentVersion: null }
      const { row } = prepareEntry(keys, keys.newest, { ...entry, ...none }, () => numberOf(n))
      const cells = [eventId, row.id, bytes(row.name), bytes(row.phoneNumber), bytes(row.phoneIndex), 'SNS']
      lines += `${[...cells, row.applicationNumber, at, row.entryId, at, 1, 0, n % 4 === 0].join('\t')}\n`
    }
    if (!copy.write(lines)) await new Promise((resolve) => copy.once('drain', resolve))
  }
  await new Promise((resolve, reject) => {
    copy.once('error', reject)
    copy.end(resolve)
  })
  await sql`insert into analytics.event_totals (event_id, total) values (${eventId}, ${count})`
  await sql`vacuum analyze participants`
}
