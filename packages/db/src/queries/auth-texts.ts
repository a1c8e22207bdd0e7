import { type SQL, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { personalColumns } from '../schema/personal-columns.ts'

/** A column of texts that better-auth encrypts. */
export interface AuthTextColumn {
  table: string
  column: string
}

/** Such a text, with the id of its row. */
export interface AuthText {
  id: string
  text: string
}

/** How better-auth's encrypted texts begin: `$ba$`, the version of the secret, and `$`. */
const PREFIX = '$ba$'

const quoted = (name: string): SQL => sql.raw(`"${name}"`)

/** The columns of the registry that better-auth encrypts. Their tables have a primary key `id`. */
export const authTextColumns: readonly AuthTextColumn[] = personalColumns.flatMap(
  ({ table, column, protection }) => ('encryptedBy' in protection ? [{ table, column }] : []),
)

/** The encrypted texts of a column that are not under the secret of this version. */
export async function listOlderAuthTexts(
  executor: Executor,
  { table, column }: AuthTextColumn,
  { version }: { version: number },
): Promise<AuthText[]> {
  const rows = await executor.execute<{ id: string; text: string }>(sql`
    select id::text as id, ${quoted(column)} as text from ${quoted(table)}
    where starts_with(${quoted(column)}, ${PREFIX}) and not starts_with(${quoted(column)}, ${`${PREFIX}${version}$`})
    order by id`)
  return [...rows]
}

/** Replaces a text that is still stored. Returns whether it was. */
export async function replaceAuthText(
  executor: Executor,
  { table, column }: AuthTextColumn,
  { id, text, replacement }: AuthText & { replacement: string },
): Promise<boolean> {
  const { count } = await executor.execute(sql`
    update ${quoted(table)} set ${quoted(column)} = ${replacement} where id = ${id} and ${quoted(column)} = ${text}`)
  return count > 0
}

/** How many encrypted texts each column has under each version. */
export async function countAuthTexts(
  executor: Executor,
): Promise<(AuthTextColumn & { version: number; count: number })[]> {
  const counts = authTextColumns.map(
    ({ table, column }) => sql`
      select ${table}::text as table, ${column}::text as column,
        split_part(${quoted(column)}, '$', 3)::bigint::float8 as version, count(*)::int as count
      from ${quoted(table)} where ${quoted(column)} ~ '^\\$ba\\$[0-9]{1,15}\\$' group by version`,
  )
  const rows = await executor.execute<
    AuthTextColumn & { version: number; count: number } & Record<string, unknown>
  >(sql.join(counts, sql` union all `))
  return rows.map(({ table, column, version, count }) => ({ table, column, version, count }))
}
