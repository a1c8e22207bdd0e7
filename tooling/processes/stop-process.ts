import { setTimeout as delay } from 'node:timers/promises'
import { isAlive } from './process-command.ts'

export type StopOptions = {
  /** The first, polite signal. Defaults to SIGTERM. */
  signal?: NodeJS.Signals
  /** Sent when the process still runs after `timeoutMs`. Defaults to SIGKILL. */
  force?: NodeJS.Signals
  /** Milliseconds between the two. Defaults to 10,000. */
  timeoutMs?: number
}

const POLL_INTERVAL_MS = 15
const KILL_TIMEOUT_MS = 5_000

/**
 * Ends the process `pid` (a negative number: the process group) and resolves when it is gone: with true when the first
 * signal was enough.
 * @throws when the process outlives SIGKILL
 */
export async function stopProcess(pid: number, options: StopOptions = {}): Promise<boolean> {
  const { signal = 'SIGTERM', force = 'SIGKILL', timeoutMs = 10_000 } = options
  if (!send(pid, signal)) return true
  if (await isGoneWithin(pid, timeoutMs)) return true
  send(pid, force)
  if (await isGoneWithin(pid, timeoutMs)) return false
  send(pid, 'SIGKILL')
  if (await isGoneWithin(pid, KILL_TIMEOUT_MS)) return false
  throw new Error(`Process ${pid} does not end.`)
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}

async function isGoneWithin(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false
    await delay(POLL_INTERVAL_MS)
  }
  return true
}
