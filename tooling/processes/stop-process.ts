import { setTimeout as pause } from 'node:timers/promises'
import { isAlive } from './process-command.ts'

export type StopOptions = {
  /** What asks politely; SIGTERM unless given. */
  signal?: NodeJS.Signals
  /** What ends it after the limit; SIGKILL unless given. */
  force?: NodeJS.Signals
  /** Milliseconds between the two; 10,000 unless given. */
  limit?: number
}

/** Ends the process `pid` and comes back when it is gone. Says whether it went by itself, without force. */
export async function stopProcess(pid: number, options: StopOptions = {}): Promise<boolean> {
  const { signal = 'SIGTERM', force = 'SIGKILL', limit = 10_000 } = options
  if (!send(pid, signal)) return true
  if (await isGoneWithin(pid, limit)) return true
  send(pid, force)
  if (await isGoneWithin(pid, limit)) return false
  send(pid, 'SIGKILL')
  if (await isGoneWithin(pid, 5_000)) return false
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
  const until = performance.now() + milliseconds
  while (isAlive(pid)) {
    if (performance.now() > until) return false
    await pause(15)
  }
  return true
}
