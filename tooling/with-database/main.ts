import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { embeddedEnvironment, readEnvironmentOrExit } from '@eungmo/config/environment'
import { runningUrl } from '../postgres/running-url.ts'
import { startPostgres } from '../postgres/server.ts'
import { processEnd } from '../processes/process-end.ts'
import { ROOT } from '../repository.ts'

/**
 * Runs an operator's command (a script's path from the top, then its words) with DATABASE_URL: the one that is set, else the
 * embedded database, started for as long as the command runs where it does not run already.
 */
async function main(script: string, words: string[]): Promise<number> {
  const { DATA_DIR, DATABASE_URL } = readEnvironmentOrExit(embeddedEnvironment)
  const dataDir = join(resolve(ROOT, DATA_DIR), 'postgres')
  const known = DATABASE_URL ?? runningUrl(dataDir, 'eungmo')
  const server = known ? undefined : await startPostgres({ dataDir, database: 'eungmo' })
  try {
    const env = { ...process.env, DATABASE_URL: known ?? server?.url }
    const child = spawn(process.execPath, [join(ROOT, script), ...words], { env, stdio: 'inherit' })
    await processEnd(child)
    return child.exitCode ?? 1
  } finally {
    await server?.stop()
  }
}

// The command itself gets the terminal's signals; this waits for it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
const [script = '', ...words] = process.argv.slice(2)
process.exit(await main(script, words))
