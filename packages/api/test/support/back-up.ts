import { connect } from '@eungmo/db/connection/client'
import { onTestFinished, vi } from 'vitest'

/** Copies a database while its processes are connected to it: they lose their connections, and get new ones. */
async function copyDatabase(server: string, from: string, to: string): Promise<void> {
  const { sql, close } = connect(server, { max: 1 })
  try {
    await sql.unsafe(`alter database ${from} allow_connections false`)
    await vi.waitFor(
      async () => {
        await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${from}`
        await sql.unsafe(`create database ${to} template ${from}`)
      },
      { timeout: 10_000, interval: 20 },
    )
    await sql.unsafe(`alter database ${from} allow_connections true`)
  } finally {
    await close()
  }
}

const urlOf = (databaseUrl: string, name: string) => new URL(`/${name}`, databaseUrl).href

/**
 * Copies a database as it is now; the function that it resolves with returns the URL of a database that is this
 * copy. All are dropped after the test.
 */
export async function backUp(databaseUrl: string): Promise<() => Promise<string>> {
  const server = urlOf(databaseUrl, 'postgres')
  const original = new URL(databaseUrl).pathname.slice(1)
  const backup = `${original}_backup_${crypto.randomUUID().slice(0, 8)}`
  const names = [backup]
  onTestFinished(async () => {
    const { sql, close } = connect(server, { max: 1 })
    for (const name of names) await sql.unsafe(`drop database if exists ${name} with (force)`)
    await close()
  })
  await copyDatabase(server, original, backup)
  return async () => {
    const name = `${backup}_${names.length}`
    names.push(name)
    await copyDatabase(server, backup, name)
    return urlOf(databaseUrl, name)
  }
}
