import type { Database, Sql } from '@eungmo/db/connection/client'
import {
  listSealedTables,
  type ReplacedRow,
  readRowsToReseal,
  replaceEnvelopes,
  type SealedRow,
  type SealedTable,
} from '@eungmo/db/queries/sealed-rows'
import { vacuumTable } from '@eungmo/db/queries/vacuum-table'
import { pause } from '@eungmo/db/timing/pause'
import { isSealedWith, resealEnvelope } from '../crypto/envelope.ts'
import type { KeyRing } from '../crypto/key-ring.ts'

const MAX_ROWS_PER_BATCH = 500
/** The pause after a batch, as a multiple of the time that it took: entries need the database more. */
const PAUSE_PER_BATCH = 0.5
/** How often rows that others had locked or changed are tried again. */
const MAX_PASSES = 20
const PASS_INTERVAL_MS = 250

/** What became of the rows of a table with an envelope under an older key. */
export interface ResealedTable {
  table: string
  /** Rows whose envelopes are now under the newest key. */
  resealed: number
  /** Rows that others were changing all the time. */
  inUse: number
  /** Envelopes that no key of SECRET_KEYS opens, as `table.column primary key`. They stay as they are. */
  unreadable: string[]
}

interface ResealDependencies {
  db: Database
  sql: Sql
  secrets: KeyRing
}

/**
 * Encrypts every stored envelope under the newest key, table by table and 500 rows at a time in the order of
 * their primary keys, and vacuums the tables, so that their files do not hold the older envelopes either. An
 * envelope is replaced only where it is still the one that was read: what is destroyed, withdrawn or corrected
 * meanwhile never returns. May be ended at any point and repeated: rows under the newest key are passed over.
 */
export async function resealAll(
  dependencies: ResealDependencies,
  signal: AbortSignal,
): Promise<ResealedTable[]> {
  const outcomes: ResealedTable[] = []
  for (const table of await listSealedTables(dependencies.db)) {
    const outcome = await resealTable(dependencies, table, signal)
    if (outcome.resealed > 0 && !signal.aborted) await vacuumTable(dependencies.sql, { table: table.name })
    outcomes.push(outcome)
  }
  return outcomes
}

async function resealTable(
  dependencies: ResealDependencies,
  table: SealedTable,
  signal: AbortSignal,
): Promise<ResealedTable> {
  let resealed = 0
  for (let pass = 1; ; pass++) {
    const outcome = await passOver(dependencies, table, signal)
    resealed += outcome.resealed
    if (outcome.inUse === 0 || pass === MAX_PASSES || signal.aborted)
      return { ...outcome, table: table.name, resealed }
    await pause(PASS_INTERVAL_MS, signal)
  }
}

async function passOver({ db, secrets }: ResealDependencies, table: SealedTable, signal: AbortSignal) {
  const outcome = { resealed: 0, inUse: 0, unreadable: [] as string[] }
  const keyId = secrets.newest.id
  let after: readonly string[] | null = null
  while (!signal.aborted) {
    const start = performance.now()
    const rows: SealedRow[] = await readRowsToReseal(db, table, { keyId, after, limit: MAX_ROWS_PER_BATCH })
    const last = rows.at(-1)
    if (!last) break
    after = last.primaryKey
    const replaced = rows.map((row) => sealAgain(secrets, table, row, outcome.unreadable)).filter(hasChanged)
    const count = await replaceEnvelopes(db, table, replaced)
    outcome.resealed += count
    outcome.inUse += replaced.length - count
    await pause((performance.now() - start) * PAUSE_PER_BATCH, signal)
  }
  return outcome
}

const hasChanged = ({ envelopes, replacements }: ReplacedRow) =>
  replacements.some((replacement, at) => replacement !== envelopes[at])

/** Adds the envelopes that do not open to `unreadable`. */
function sealAgain(
  secrets: KeyRing,
  { name, columns }: SealedTable,
  { primaryKey, envelopes }: SealedRow,
  unreadable: string[],
): ReplacedRow {
  const replacements = columns.map(({ column, purpose }, at) => {
    const envelope = envelopes[at] ?? null
    if (envelope === null || isSealedWith(secrets.newest, envelope)) return envelope
    const context = [...primaryKey, ...(purpose === 'note' ? [column] : [])].join('/')
    try {
      return resealEnvelope(secrets, purpose, context, envelope)
    } catch {
      // Under a key that is not in the ring, or damaged: the command names it and ends with an error.
      unreadable.push(`${name}.${column} ${primaryKey.join('/')}`)
      return envelope
    }
  })
  return { primaryKey, envelopes, replacements }
}
