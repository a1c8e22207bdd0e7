import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { StackFacts } from './stack-info.ts'

export interface RunningStack {
  facts: StackFacts
  stop(): Promise<void>
}

const bun = process.versions.bun ? process.execPath : 'bun'
const script = (name: string) => fileURLToPath(new URL(`../server/${name}`, import.meta.url))

/** Why no broker can run here; null where one can. */
export function kafkaObstacle(): string | null {
  if (process.env.TEST_KAFKA_BROKERS) return null
  const asked = spawnSync(bun, [script('kafka-obstacle.ts')], { encoding: 'utf8' })
  return asked.stdout.trim() || null
}

/** Starts the stack as a process of its own, and comes back when it serves. */
export async function startStackProcess(options: ('--kafka' | '--beacon')[]): Promise<RunningStack> {
  const child = spawn(bun, [script('main.ts'), ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const endWithUs = () => void child.kill('SIGTERM')
  process.once('exit', endWithUs)
  const facts = await new Promise<StackFacts>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The stack ended with ${code} before it served.`)))
  })
  return {
    facts,
    async stop() {
      process.off('exit', endWithUs)
      child.kill('SIGTERM')
      await ended
    },
  }
}
