import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { readSearchedRows } from '../src/queries/participant-envelopes.ts'
import { countByState, type ParticipantFilter } from '../src/queries/participant-filter.ts'
import { findParticipants } from '../src/queries/participants.ts'
import { createMigratedDatabase, type MigratedDatabase } from '../testing/migrated-database.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const COUNT = 20_000
const RARE_COUNT = 3
/** A page, or two hours around a range of time, and far less than the event. */
const MAX_ROWS_READ = 250
const PAGE_SIZE = 50
const now = Date.now()
/** Entries begin so long ago, except for three, which are a day older. */
const SPAN_MS = 10 * DAY_MS
const eventId = Bun.randomUUIDv7()

let database: MigratedDatabase

beforeAll(async () => {
  database = await createMigratedDatabase(inject('postgresUrl'))
  // The first three are rare in every way; half of the others are in none of the states.
  await database.sql.unsafe(`
    insert into participants (event_id, id, entry_path, participated_at, entry_id, consented_at, consent_version, rules_seq,
      visited, is_winner, exclusion_reason, withdrawn_at)
    select '${eventId}', (lpad(to_hex(ms), 12, '0') || '7abc8abc' || lpad(to_hex(n), 12, '0'))::uuid,
      case when n <= ${RARE_COUNT} then 'rare' else 'usual' end, to_timestamp(ms / 1000.0), 'entry' || n, now(), 1, 0,
      n <= ${RARE_COUNT}, n <= ${RARE_COUNT}, case when n <= 2 then 3 else 0 end,
      case when n = 3 then now() end
    from (
      select n, case when n <= ${RARE_COUNT} then ${now - SPAN_MS - DAY_MS} + n
        else ${now - SPAN_MS} + n * ${SPAN_MS / COUNT} end::bigint as ms
      from generate_series(1, ${COUNT}) n
    ) made`)
  await database.sql`vacuum analyze participants`
})
afterAll(async () => {
  await database.drop()
})

const daysAgo = (days: number) => new Date(now - days * DAY_MS)
const filters: [string, ParticipantFilter, number][] = [
  ['an entry path', { entryPath: 'rare' }, RARE_COUNT],
  ['visits', { visited: true }, RARE_COUNT],
  ['winners', { isWinner: true }, RARE_COUNT],
  ['exclusions', { excluded: true }, 2],
  ['withdrawals', { withdrawn: true }, 1],
  ['its last day', { until: daysAgo(10.5) }, RARE_COUNT],
  ['an hour in the middle', { since: daysAgo(5), until: new Date(now - 5 * DAY_MS + 600_000) }, 14],
  [
    'all that three of the entries have in common',
    { entryPath: 'rare', visited: true, isWinner: true },
    RARE_COUNT,
  ],
  ['a state that nobody of an entry path is in', { entryPath: 'usual', withdrawn: true }, 0],
]

type Transaction = Parameters<Parameters<MigratedDatabase['db']['transaction']>[0]>[0]

/** How many rows of participants `run` reads, whether or not they fit. */
async function rowsRead(run: (tx: Transaction) => Promise<unknown>): Promise<number> {
  return await database.db.transaction(async (tx) => {
    const soFar = async () => {
      const [row] = await tx.execute<{ read: string }>(
        `select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'participants'`,
      )
      return Number(row?.read)
    }
    const before = await soFar()
    await run(tx)
    return (await soFar()) - before
  })
}

describe('a page of participants that is filtered by', () => {
  test.each(filters)('%s reads hardly more rows than it shows', async (_, filter, count) => {
    let found = 0
    const listed = await rowsRead(async (tx) => {
      found = (await findParticipants(tx, { eventId, limit: PAGE_SIZE, filter })).length
    })
    expect(found).toBe(count)
    expect(listed).toBeLessThan(MAX_ROWS_READ)
    const searched = await rowsRead((tx) => readSearchedRows(tx, { eventId, limit: PAGE_SIZE, filter }))
    expect(searched).toBeLessThan(MAX_ROWS_READ)
  })
})

test('the numbers of the states are counted up to a limit, and read no other rows', async () => {
  const read = await rowsRead(async (tx) => {
    expect(await countByState(tx, { eventId, atMost: 2 })).toEqual({
      visited: 2,
      isWinner: 2,
      excluded: 2,
      withdrawn: 1,
    })
  })
  expect(read).toBeLessThan(MAX_ROWS_READ)
})
