import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const bun = process.versions.bun ? process.execPath : 'bun'
const folder = fileURLToPath(new URL('../../../analytics-consumer/', import.meta.url))

/** Starts a consumer that counts a database's outbox. Returns how to stop it. */
export function startConsumer(databaseUrl: string): { stop(): Promise<void> } {
  const child = spawn(bun, ['src/main.ts'], {
    cwd: folder,
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' },
    stdio: 'ignore',
  })
  const exited = once(child, 'exit')
  return {
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}
