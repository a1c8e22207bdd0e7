import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startPostgres } from '@eungmo/tooling/postgres'
import { findBinaries } from '@eungmo/tooling/postgres/binaries'
import { openCluster } from '@eungmo/tooling/postgres/cluster'
import { runningPostmaster } from '@eungmo/tooling/postgres/lock-file'
import { serverAccount } from '@eungmo/tooling/postgres/server-account'

const portLine = 3

/**
 * The database that a script works on: DATABASE_URL, else the embedded one of `.data`, which is started for the script where it
 * does not run. `close` stops it again in that case.
 */
export async function scriptDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const given = process.env.DATABASE_URL
  if (given) return { url: given, close: async () => undefined }
  const root = resolve(import.meta.dir, '../../..')
  const dataDir = join(resolve(root, process.env.DATA_DIR || '.data'), 'postgres')
  const account = serverAccount(findBinaries(), dataDir, () => undefined)
  const { directory, password } = openCluster(account)
  if (runningPostmaster(directory) === undefined) {
    const server = await startPostgres({ dataDir, database: 'eungmo' })
    return { url: server.url, close: () => server.stop() }
  }
  const port = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')[portLine]?.trim()
  return {
    url: `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/eungmo`,
    close: async () => undefined,
  }
}
