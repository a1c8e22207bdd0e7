import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findBinaries } from './binaries.ts'
import { runningPort } from './lock-file.ts'
import { serverAccount } from './server-account.ts'

/** The superuser's address of the embedded server that runs on `dataDir`; undefined when none does. */
export function runningUrl(dataDir: string, database: string): string | undefined {
  if (!existsSync(dataDir)) return undefined
  const account = serverAccount(findBinaries(), dataDir, () => {})
  const port = runningPort(join(account.dataDir, 'cluster'))
  if (port === undefined) return undefined
  return databaseUrl(readFileSync(join(account.dataDir, 'password'), 'utf8').trim(), port, database)
}

/** The superuser's address of a database on the embedded server. */
export function databaseUrl(password: string, port: number, database: string): string {
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}
