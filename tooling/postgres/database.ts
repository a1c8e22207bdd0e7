import { randomBytes } from 'node:crypto'

/** Creates the database `name` unless it exists. `serverUrl` is the address of any database there, for a superuser. */
export async function ensureDatabase(serverUrl: string, name: string): Promise<void> {
  await withServer(serverUrl, async (sql) => {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`
    if (!found) await sql.unsafe(`create database ${quote(name)}`)
  })
}

/** Creates an empty database with a random name on a server; `drop` removes it, even while clients are connected. */
export async function createDatabase(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await withServer(serverUrl, (sql) => sql.unsafe(`create database ${quote(name)} template template0`))
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () =>
      withServer(serverUrl, (sql) => sql.unsafe(`drop database if exists ${quote(name)} with (force)`)),
  }
}

async function withServer<T>(url: string, use: (sql: Bun.SQL) => Promise<T>): Promise<T> {
  const sql = new Bun.SQL({ url, max: 1 })
  try {
    return await use(sql)
  } finally {
    await sql.close()
  }
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}
