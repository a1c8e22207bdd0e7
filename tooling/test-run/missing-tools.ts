import { spawnSync } from 'node:child_process'
import { kafkaObstacle } from '../kafka/broker.ts'

/** Why some tests cannot run on this machine: one line per missing tool. */
export function missingTools(): string[] {
  const kafka = kafkaObstacle()
  const python = spawnSync('python3', ['--version'], { stdio: 'ignore' }).status === 0
  return [...(kafka ? [kafka] : []), ...(python ? [] : ['python3 is missing'])]
}
