import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { StackInfo } from './stack-info.ts'

export interface RunningStack {
  info: StackInfo
  stop(): Promise<void>
}

const bun = process.versions.bun ? process.execPath : 'bun'
const script = (name: string) => fileURLToPath(new URL(`../server/${name}`, import.meta.url))

/** Why no Kafka broker can run on this machine; null when one can. */
export function kafkaObstacle(): string | null {
  if (process.env.TEST_KAFKA_BROKERS) return null
  const result = spawnSync(bun, [script('kafka-obstacle.ts')], { encoding: 'utf8' })
  return result.stdout.trim() || null
}

/** Starts the stack in a separate process; resolves when it serves. */
export async function startStackProcess(
  options: ('--kafka' | '--beacon' | '--apart')[],
): Promise<RunningStack> {
  const child = spawn(bun, [script('main.ts'), ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stopOnExit = () => void child.kill('SIGTERM')
  process.once('exit', stopOnExit)
  const info = await new Promise<StackInfo>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The stack ended with ${code} before it served.`)))
  })
  return {
    info,
    async stop() {
      process.off('exit', stopOnExit)
      child.kill('SIGTERM')
      await ended
    },
  }
}
