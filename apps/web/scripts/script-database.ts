import { join, resolve } from 'node:path'
import { embeddedEnvironment, readEnvironmentOrExit } from '@eungmo/config/environment'

export interface ScriptDatabase {
  url: string
  close(): Promise<void>
}

/**
 * The database of a script: DATABASE_URL, else the embedded one of `.data`, which is started when it does not run; `close`
 * then stops it again.
 */
export async function scriptDatabase(): Promise<ScriptDatabase> {
  const { DATABASE_URL, DATA_DIR } = readEnvironmentOrExit(embeddedEnvironment)
  if (DATABASE_URL) return { url: DATABASE_URL, close: async () => undefined }
  return embeddedDatabase(DATA_DIR)
}

/** Imported only here: a production image does not contain the embedded database. */
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
