import type { Sql } from '@eungmo/db/connection/client'

/** A stored value with its place: what a reader of the database sees. */
export interface StolenValue {
  /** `table.column`. */
  place: string
  value: string | Uint8Array
}

/** Every value of text, bytes, JSON or uuid of every table. */
export async function stealDump(sql: Sql): Promise<StolenValue[]> {
  const tables = await sql<{ schema: string; name: string }[]>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('public', 'analytics')`
  const stolen: StolenValue[] = []
  for (const { schema, name } of tables)
    for (const row of await sql`select * from ${sql(schema)}.${sql(name)}`)
      for (const [column, value] of Object.entries(row)) {
        if (value === null) continue
        const text = typeof value === 'string' ? value : JSON.stringify(value)
        stolen.push({ place: `${name}.${column}`, value: value instanceof Uint8Array ? value : text })
      }
  return stolen
}

/** The values that contain one of the texts: as it is, in NFD, or as hex or base64 of it. */
export function findTexts(stolen: readonly StolenValue[], texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => {
    const bytes = Buffer.from(text)
    return [text, text.normalize('NFD'), bytes.toString('hex'), bytes.toString('base64url').slice(0, -1)]
  })
  return stolen
    .filter(({ value }) => {
      const readable = typeof value === 'string' ? value : Buffer.from(value).toString()
      return needles.some((needle) => readable.includes(needle))
    })
    .map(({ place }) => place)
}
