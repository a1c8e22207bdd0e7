import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { embeddedEnvironment, readEnvironmentOrExit } from '@eungmo/config/environment'
import { runningUrl } from '../postgres/running-url.ts'
import { startPostgres } from '../postgres/server.ts'
import { processEnd } from '../processes/process-end.ts'
import { ROOT } from '../repository.ts'
import { embeddedSecretKeys } from '../start/secrets.ts'

/**
 * Runs an operator's command (a script's path relative to the root, then its arguments) with DATABASE_URL: the one that is
 * set, otherwise that of the embedded database, which is started for the command where it does not run already. With the
 * embedded database come its SECRET_KEYS, unless they are set.
 */
async function main(script: string, args: string[]): Promise<number> {
  const { DATA_DIR, DATABASE_URL } = readEnvironmentOrExit(embeddedEnvironment)
  const directory = resolve(ROOT, DATA_DIR)
  const dataDir = join(directory, 'postgres')
  const external = DATABASE_URL ?? runningUrl(dataDir, 'eungmo')
  const server = external ? undefined : await startPostgres({ dataDir, database: 'eungmo' })
  try {
    const ownKeys = !DATABASE_URL && existsSync(join(directory, 'secrets'))
    const env = {
      ...(ownKeys && { SECRET_KEYS: embeddedSecretKeys(directory, false) }),
      ...process.env,
      DATABASE_URL: external ?? server?.url,
    }
    const child = spawn(process.execPath, [join(ROOT, script), ...args], { env, stdio: 'inherit' })
    await processEnd(child)
    return child.exitCode ?? 1
  } finally {
    await server?.stop()
  }
}

// The command receives the terminal's signals itself; this process waits for it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
const [script = '', ...args] = process.argv.slice(2)
process.exit(await main(script, args))
