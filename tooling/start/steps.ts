import { join } from 'node:path'
import { z } from 'zod'
import { lastLines } from '../processes/last-lines.ts'
import { runCommand } from '../processes/run-command.ts'
import { ROOT } from '../repository.ts'

const STEP_TIMEOUT_MS = 600_000
const MAX_SHOWN_LINES = 30

type Environment = Record<string, string | undefined>

/** Runs one command of the start and returns its standard output. @throws with the end of its output when it fails */
async function runStep(
  name: string,
  command: string[],
  env: Environment,
  signal: AbortSignal,
): Promise<string> {
  const options = { cwd: ROOT, env, timeoutMs: STEP_TIMEOUT_MS, signal }
  const { code, output, stdout } = await runCommand(command, options)
  signal.throwIfAborted()
  if (code !== 0) {
    const shown = lastLines(output, MAX_SHOWN_LINES)
    throw new Error(`${name} failed:${shown.includes('\n') ? '\n' : ' '}${shown}`)
  }
  return stdout
}

/** Builds what has changed since the last build. */
export async function build(signal: AbortSignal): Promise<void> {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' }
  await runStep('The build', ['turbo', 'run', 'build', '--output-logs=errors-only'], env, signal)
}

const schemaState = z.enum(['empty', 'known', 'older', 'newer'])
export type SchemaState = z.infer<typeof schemaState>

/** What the database of DATABASE_URL was migrated by; packages/db says what each state means. */
export async function readSchemaState(env: Environment, signal: AbortSignal): Promise<SchemaState> {
  const command = [process.execPath, join(ROOT, 'packages/db/bin/schema-state.ts')]
  return schemaState.parse((await runStep('The look at the database', command, env, signal)).trim())
}

/** Brings the database to the newest schema. */
export async function migrateDatabase(env: Environment, signal: AbortSignal): Promise<void> {
  await runStep('The migration', [process.execPath, join(ROOT, 'packages/db/bin/migrate.ts')], env, signal)
}

/** Compares SECRET_KEYS with the database. */
export async function checkKeys(env: Environment, signal: AbortSignal): Promise<void> {
  const program = join(ROOT, 'packages/api/src/key-checks/main.ts')
  await runStep('The check of the keys', [process.execPath, program], env, signal)
}

/** Returns how the first owner of a new installation signs up; empty where nothing is to be said. */
export async function readSetupCode(env: Environment, signal: AbortSignal): Promise<string> {
  const command = [process.execPath, join(ROOT, 'apps/web/scripts/setup-code.ts')]
  return (await runStep('The look for an owner', command, env, signal)).trim()
}

/** Creates the demo shop; returns the script's output. */
export function seedDemo(env: Environment, signal: AbortSignal): Promise<string> {
  return runStep(
    'The demo shop',
    [process.execPath, join(ROOT, 'apps/web/scripts/seed-demo.ts')],
    env,
    signal,
  )
}
