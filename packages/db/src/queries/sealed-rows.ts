import { type SQL, sql } from 'drizzle-orm'
import { exclusiveEventGate } from '../connection/advisory-locks.ts'
import { arrayLiteral, byteaArrayLiteral } from '../connection/array-literal.ts'
import type { Database, Executor } from '../connection/client.ts'
import { type SealedColumn, sealedColumns } from '../schema/sealed-columns.ts'

/** A table with envelopes. */
export interface SealedTable {
  name: string
  /** The columns of its primary key, in their order. */
  primaryKey: readonly { name: string; type: string }[]
  columns: readonly SealedColumn[]
}

/** A row with its envelopes, in the order of the table's columns. */
export interface SealedRow {
  /** The primary key as text. */
  primaryKey: string[]
  envelopes: (Uint8Array | null)[]
}

/** A row whose envelopes are replaced. */
export interface ReplacedRow extends SealedRow {
  /** Null where the old one is null; the old one itself where it stays. */
  replacements: (Uint8Array | null)[]
}

/** Envelopes of a column under one key. */
export interface EnvelopeCount {
  table: string
  column: string
  /** Null where the value is not an envelope. */
  keyId: string | null
  count: number
}

const quoted = (name: string): SQL => sql.raw(`"${name}"`)
const of = (alias: string, name: string): SQL => sql.raw(`${alias}."${name}"`)
const list = (parts: readonly SQL[]): SQL => sql.join([...parts], sql`, `)
const all = (parts: readonly SQL[]): SQL => sql.join([...parts], sql` and `)
const any = (parts: readonly SQL[]): SQL => sql.join([...parts], sql` or `)

/** The tables of the registry of sealed columns, with their primary keys. */
export async function listSealedTables(executor: Executor): Promise<SealedTable[]> {
  const byTable = Map.groupBy(sealedColumns, ({ table }) => table)
  const rows = await executor.execute<{ table: string; name: string; type: string }>(sql`
    select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
    from pg_index i
    join pg_class c on c.oid = i.indrelid
    join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
    where i.indisprimary and c.relnamespace = 'public'::regnamespace
      and c.relname = any(${arrayLiteral([...byTable.keys()])}::text[])
    order by c.relname, array_position(i.indkey::int2[], a.attnum)`)
  const keys = Map.groupBy(rows, ({ table }) => table)
  return [...byTable].map(([name, columns]) => ({ name, columns, primaryKey: keys.get(name) ?? [] }))
}

/**
 * The next rows of a table, in the order of its primary key, with an envelope that is not of this key.
 * @param after the primary key of the last row before
 */
export async function readRowsToReseal(
  executor: Executor,
  { name, primaryKey, columns }: SealedTable,
  { keyId, after, limit }: { keyId: string; after: readonly string[] | null; limit: number },
): Promise<SealedRow[]> {
  const head = envelopeHead(keyId)
  const key = list(primaryKey.map((column) => quoted(column.name)))
  const isOlder = columns.map(
    ({ column }) => sql`substring(${quoted(column)} from 1 for ${head.length}::int) <> ${head}`,
  )
  const values = primaryKey.map(({ type }, at) => sql`${after?.[at] ?? null}::text::${sql.raw(type)}`)
  const rows = await executor.execute<{ key: string[] } & Record<string, unknown>>(sql`
    select json_build_array(${list(primaryKey.map((column) => sql`${quoted(column.name)}::text`))}) as key,
      ${list(columns.map(({ column }) => quoted(column)))}
    from ${quoted(name)}
    where (${any(isOlder)}) ${after ? sql`and (${key}) > (${list(values)})` : sql``}
    order by ${key}
    limit ${limit}`)
  return rows.map((row) => ({
    primaryKey: row.key,
    envelopes: columns.map(({ column }) => bytesOf(row[column])),
  }))
}

const bytesOf = (value: unknown) => (value instanceof Uint8Array ? value : null)

const VERSION = 2

/** How every envelope of a key begins: version, length of the key's id, and the id. */
const envelopeHead = (keyId: string): Buffer =>
  Buffer.concat([Buffer.from([VERSION, keyId.length]), Buffer.from(keyId, 'latin1')])

/**
 * Replaces the envelopes of rows that still hold what was read, and returns of how many: a row that was
 * destroyed or corrected meanwhile stays as it is. Waits for no row: one that is locked is left out. Events
 * are replaced one by one, each behind its gate, which everything that changes an event takes first.
 */
export async function replaceEnvelopes(
  db: Database,
  table: SealedTable,
  rows: readonly ReplacedRow[],
): Promise<number> {
  if (table.name !== 'events') return replaceRows(db, table, rows)
  let count = 0
  for (const row of rows)
    count += await db.transaction(async (tx) => {
      await tx.execute(sql`select ${sql.raw(exclusiveEventGate('id'))} from events
        where id = ${row.primaryKey[0] ?? null}`)
      return replaceRows(tx, table, [row])
    })
  return count
}

async function replaceRows(
  executor: Executor,
  { name, primaryKey, columns }: SealedTable,
  rows: readonly ReplacedRow[],
): Promise<number> {
  const keyArrays = primaryKey.map(
    ({ type }, at) => sql`${arrayLiteral(rows.map((row) => row.primaryKey[at] ?? null))}::${sql.raw(type)}[]`,
  )
  const envelopeArrays = columns.flatMap((_, at) => [
    sql`${byteaArrayLiteral(rows.map(({ envelopes }) => envelopes[at] ?? null))}::bytea[]`,
    sql`${byteaArrayLiteral(rows.map(({ replacements }) => replacements[at] ?? null))}::bytea[]`,
  ])
  const keyNames = primaryKey.map((_, at) => sql.raw(`key_${at}`))
  const names = [...keyNames, ...columns.flatMap((_, at) => [sql.raw(`old_${at}`), sql.raw(`new_${at}`)])]
  const isRow = (alias: string) =>
    all(primaryKey.map((column, at) => sql`t.${quoted(column.name)} = ${of(alias, `key_${at}`)}`))
  const result = await executor.execute(sql`
    with wanted as materialized (
      select * from unnest(${list([...keyArrays, ...envelopeArrays])}) w(${list(names)})
    ),
    unchanged as materialized (
      select w.* from wanted w join ${quoted(name)} t on ${isRow('w')}
      where ${all(columns.map(({ column }, at) => sql`t.${quoted(column)} is not distinct from ${of('w', `old_${at}`)}`))}
      for update of t skip locked
    )
    update ${quoted(name)} t
    set ${list(columns.map(({ column }, at) => sql`${quoted(column)} = ${of('u', `new_${at}`)}`))}
    from unchanged u
    where ${isRow('u')}`)
  return result.count
}

/** How many envelopes each column has under each key. Reads every row of these tables. */
export async function countEnvelopes(executor: Executor): Promise<EnvelopeCount[]> {
  const counts = sealedColumns.map(
    ({ table, column }) => sql`
      select ${table}::text as table, ${column}::text as column, key_of_envelope as "keyId", count(*)::int as count
      from (
        select case when get_byte(${quoted(column)}, 0) = ${VERSION}::int then
          encode(substring(${quoted(column)} from 3 for get_byte(${quoted(column)}, 1)), 'escape') end
          as key_of_envelope
        from ${quoted(table)} where octet_length(${quoted(column)}) > 1
      ) sealed
      group by key_of_envelope`,
  )
  const rows = await executor.execute<{ [K in keyof EnvelopeCount]: EnvelopeCount[K] }>(
    sql.join(counts, sql` union all `),
  )
  return [...rows]
}
