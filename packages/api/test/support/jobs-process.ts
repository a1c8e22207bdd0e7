import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { TEST_SECRET_KEYS } from './api-fixture.ts'

/** A process of the jobs, as `bun run jobs` starts it; killed at the end of the test. */
export function startJobsProcess(databaseUrl: string): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/jobs/main.ts')], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      SECRET_KEYS: TEST_SECRET_KEYS,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  onTestFinished(() => endProcess(child, 'SIGKILL'))
  return child
}

/** Sends the signal to a process that runs, and resolves once it has ended. */
export async function endProcess(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
