import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '@eungmo/tooling/free-port'

const bun = process.versions.bun ? process.execPath : 'bun'

/** A web process of a test's own. */
export interface Web {
  origin: string
  stderr(): string
  /** Resolves with exit code and signal. */
  exited: Promise<unknown[]>
  child: ChildProcess
}

/** Starts a web process on a free port, with `settings` besides the address. */
export async function startWeb(
  settings: { DATABASE_URL: string; SECRET_KEYS: string } & Record<string, string>,
): Promise<Web> {
  const port = await freePort()
  const env = {
    PATH: process.env.PATH,
    PORT: String(port),
    HOST: '127.0.0.1',
    LOG_LEVEL: 'silent',
    JOBS: 'off',
    ...settings,
  }
  const child = spawn(bun, ['build/index.js'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (chunk) => (stderr += chunk))
  return { origin: `http://127.0.0.1:${port}`, stderr: () => stderr, exited: once(child, 'exit'), child }
}

/** Status and content of /readyz; null while nothing listens. */
export async function readiness({ origin }: Web): Promise<unknown> {
  try {
    const response = await fetch(`${origin}/readyz`)
    return { status: response.status, ...(await response.json()) }
  } catch {
    return null
  }
}

/** Stops a web process that still runs. */
export async function stopWeb({ child, exited }: Web): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGINT')
  await exited
}
