import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in ticks of 10 ms, whatever the machine. */
const TICK_MS = 10

interface Process {
  parent: number
  ticks: number
}

/** Own time, and that of children that have ended and were waited for. */
function readProcess(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may contain spaces; the fields after it start with the state, the third.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0)
    return { parent: Number(fields[1]), ticks }
  } catch {
    // It ended between the listing and the reading.
    return null
  }
}

/**
 * Milliseconds of processor time that a process and its descendants have used so far, with a resolution of 10 ms. Other
 * programs on the machine do not change it much, unlike rates. Null where there is no /proc.
 */
export function processorTimeMs(root: number): number | null {
  let pids: number[]
  try {
    pids = readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0)
  } catch {
    return null
  }
  const processes = new Map<number, Process>()
  for (const pid of pids) {
    const process = readProcess(pid)
    if (process) processes.set(pid, process)
  }
  const descends = (pid: number): boolean => {
    for (let at = pid; at > 1; at = processes.get(at)?.parent ?? 0) if (at === root) return true
    return false
  }
  let ticks = 0
  for (const [pid, process] of processes) if (descends(pid)) ticks += process.ticks
  return ticks * TICK_MS
}
