import { join, resolve } from 'node:path'
import { embeddedEnvironment, readEnvironmentOrExit } from '@eungmo/config/environment'

export interface ScriptDatabase {
  url: string
  close(): Promise<void>
}

/**
 * The database that a script works on: DATABASE_URL, else the embedded one of `.data`, which is started for the script where it
 * does not run. `close` stops it again in that case.
 */
export async function scriptDatabase(): Promise<ScriptDatabase> {
  const { DATABASE_URL, DATA_DIR } = readEnvironmentOrExit(embeddedEnvironment)
  if (DATABASE_URL) return { url: DATABASE_URL, close: async () => undefined }
  return embeddedDatabase(DATA_DIR)
}

/** Loaded only here: an image for production holds no embedded database. */
async function embeddedDatabase(dataDirectory: string): Promise<ScriptDatabase> {
  const { runningUrl } = await import('@eungmo/tooling/postgres/running-url')
  const { startPostgres } = await import('@eungmo/tooling/postgres/server')
  const root = resolve(import.meta.dir, '../../..')
  const dataDir = join(resolve(root, dataDirectory), 'postgres')
  const running = runningUrl(dataDir, 'eungmo')
  if (running) return { url: running, close: async () => undefined }
  const server = await startPostgres({ dataDir, database: 'eungmo' })
  return { url: server.url, close: () => server.stop() }
}
