import { join } from 'node:path'
import { lastLines } from '../processes/last-lines.ts'
import { runCommand } from '../processes/run-command.ts'
import { ROOT } from '../repository.ts'

const MINUTE = 60_000
const SHOWN_LINES = 30

type Environment = Record<string, string | undefined>

async function step(what: string, words: string[], env: Environment, signal: AbortSignal): Promise<string> {
  const { code, output, stdout } = await runCommand(words, { cwd: ROOT, env, limit: 10 * MINUTE, signal })
  signal.throwIfAborted()
  if (code !== 0) throw new Error(`${what} failed:\n${lastLines(output, SHOWN_LINES)}`)
  return stdout
}

/** Builds what changed since the last build. */
export async function build(signal: AbortSignal): Promise<void> {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' }
  await step('The build', ['turbo', 'run', 'build', '--output-logs=errors-only'], env, signal)
}

/** Brings the database to the newest schema. */
export async function migrateDatabase(env: Environment, signal: AbortSignal): Promise<void> {
  await step('The migration', [process.execPath, join(ROOT, 'packages/db/bin/migrate.ts')], env, signal)
}

/** Makes the demo shop; returns what the script wrote. */
export function seedDemo(env: Environment, signal: AbortSignal): Promise<string> {
  return step('The demo shop', [process.execPath, join(ROOT, 'apps/web/scripts/seed-demo.ts')], env, signal)
}
