import type { Sql } from '@eungmo/db/connection/client'

/** A stored value with its place, `table.column`. Bytes are in hex. */
export interface DumpedValue {
  place: string
  text: string
  isBytes: boolean
}

const TYPES = ['text', 'character varying', 'character', 'bytea', 'json', 'jsonb', 'uuid', 'text[]', 'uuid[]']

/** Reads every value of every table that can hold text or bytes. */
export async function dump(sql: Sql): Promise<DumpedValue[]> {
  const columns = await sql<{ schema: string; table: string; column: string; type: string }[]>`
    select n.nspname as schema, c.relname as table, a.attname as column, a.atttypid::regtype::text as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'analytics') and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and a.atttypid::regtype::text in ${sql(TYPES)}`
  const values: DumpedValue[] = []
  for (const [table, found] of Map.groupBy(columns, ({ schema, table: name }) => `${schema}.${name}`)) {
    const list = found.map(({ column, type }) =>
      type === 'bytea' ? `encode("${column}", 'hex')` : `"${column}"::text`,
    )
    for (const row of await sql.unsafe(`select ${list.join(', ')} from ${table}`).values())
      for (const [at, text] of row.entries()) {
        const column = found[at]
        if (typeof text !== 'string' || !column) continue
        values.push({ place: `${column.table}.${column.column}`, text, isBytes: column.type === 'bytea' })
      }
  }
  return values
}
