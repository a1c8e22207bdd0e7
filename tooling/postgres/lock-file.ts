import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { processCommand } from '../processes/process-command.ts'

const PORT_LINE = 3
const STATUS_LINE = 7

function lines(directory: string): string[] {
  const path = join(directory, 'postmaster.pid')
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
}

/** The process id of the PostgreSQL that runs on this cluster; undefined when none does, even if a lock file says so. */
export function runningPostmaster(directory: string): number | undefined {
  const pid = Number(lines(directory)[0])
  if (!Number.isInteger(pid) || pid < 1) return undefined
  const command = processCommand(pid)
  return command.includes('postgres') && command.includes(directory) ? pid : undefined
}

/** The port of the PostgreSQL that runs on this cluster; undefined when none does. */
export function runningPort(directory: string): number | undefined {
  return runningPostmaster(directory) === undefined ? undefined : Number(lines(directory)[PORT_LINE])
}

/**
 * Removes a lock file whose process is gone. PostgreSQL does so itself, unless the process id belongs to another program
 * by now: then it would not start.
 */
export function removeStaleLock(directory: string): void {
  if (runningPostmaster(directory) === undefined) rmSync(join(directory, 'postmaster.pid'), { force: true })
}

/** Whether the postmaster `pid` accepts connections, by the same line of its lock file that `pg_ctl --wait` reads. */
export function isReady(directory: string, pid: number): boolean {
  const written = lines(directory)
  return Number(written[0]) === pid && written[STATUS_LINE]?.trim() === 'ready'
}
