import type { Sql } from '@eungmo/db/connection/client'
import { dump } from './dump.ts'
import type { Entry } from './model.ts'
import { findPlain, findStored } from './scan.ts'
import type { Year } from './year.ts'

/** Looks for planted values in every column of every table. */
export function createScan(year: Year) {
  /** Everything that was ever stored of anybody. */
  const ever = new Set<string>()
  /** Values in which nothing was found: they change by being replaced. */
  const clean = new Set<string>()

  async function scan(sql: Sql, stored: ReadonlySet<string>, { whole }: { whole: boolean }) {
    for (const value of stored) ever.add(value)
    const values = await dump(sql)
    const fresh = whole ? values : values.filter(({ text }) => !clean.has(text))
    const plain = findPlain(fresh, year.people)
    if (plain.length === 0) for (const { text } of fresh) clean.add(text)
    const found = findStored(values, ever)
    const missing = [...stored].filter((value) => !found.has(value))
    const left = [...found].filter(([value]) => !stored.has(value)).flatMap(([, places]) => [...places])
    return { plain, missing, left, values: values.length }
  }

  return {
    scan,
    /** What was stored of people whose data is gone. */
    goneValues: (stored: ReadonlySet<string>) => [...ever].filter((value) => !stored.has(value)),
    /** Problems of the database as it is. */
    async check(stored: ReadonlySet<string>, options: { whole: boolean }): Promise<string[]> {
      const { plain, missing, left } = await scan(year.installation.api.sql, stored, options)
      return [
        ...plain.map((place) => `a name or a number is readable in ${place}`),
        ...left.map((place) => `a value of somebody whose data is gone is in ${place}`),
        ...missing.map((value) => `a stored value is not found by the scan: ${value.slice(0, 12)}`),
      ]
    },
  }
}

/**
 * The positive control: plants values of somebody whose data is gone into columns of several types, in a
 * transaction that is rolled back, and returns the places where the scan did not find them.
 */
export async function controlScan(
  year: Year,
  scanner: ReturnType<typeof createScan>,
  stored: ReadonlySet<string>,
  gone: { entry: Entry; values: readonly string[] },
): Promise<string[]> {
  const { name, digits } = gone.entry.person
  const [middle, last] = [digits.slice(0, 4), digits.slice(4)]
  const envelope = gone.values.find((value) => /^02[0-9a-f]{60,}$/.test(value)) ?? ''
  const bytes = (text: string) => Buffer.from(text).toString('hex')
  const plants: [string, string][] = [
    ['events.story', `연락은 010-${middle}-${last} 으로`],
    ['events.title', `+82 10 ${middle} ${last}`],
    ['prizes.name', `${middle} ${last}`],
    ['shops.address', name.normalize('NFD')],
    ['consent_texts.en', `to ${name.split('').join(' ')}`],
    ['consent_texts.ko', Buffer.from(`{"phone":"010${digits}"}`).toString('base64url')],
    ['draw_records.rules_text', bytes(`이름 ${name}`)],
    ['draw_records.hash', `\\x${bytes(`+8210${digits}`)}`],
    ['draw_records.signature', `\\x${envelope}`],
    ['locked_list_parts.bytes', `\\x${bytes(name)}`],
    ['draw_records.change_reason', `당첨 번호 ${gone.entry.applicationNumber}`],
    ['draw_logs.requested_by', Buffer.from(envelope, 'hex').toString('base64')],
  ]
  const missed: string[] = []
  const connection = await year.installation.api.sql.reserve()
  try {
    for (const [place, text] of plants) {
      const [table = '', column = ''] = place.split('.')
      await connection`begin`
      await connection`set local session_replication_role = replica`
      const value = text.startsWith('\\x') ? '$1::text::bytea' : '$1::text'
      await connection.unsafe(
        `update ${table} set ${column} = ${value} where ctid = (select min(ctid) from ${table})`,
        [text],
      )
      const { plain, left } = await scanner.scan(connection, stored, { whole: false })
      if (![...plain, ...left].includes(place)) missed.push(place)
      await connection`rollback`
    }
  } finally {
    connection.release()
  }
  return missed
}
