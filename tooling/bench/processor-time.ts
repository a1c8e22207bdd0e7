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

/** A process and its descendants; null where there is no /proc. */
function processTree(root: number): Map<number, Process> | null {
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
  return new Map([...processes].filter(([pid]) => descends(pid)))
}

/**
 * Milliseconds of processor time that a process and its descendants have used so far, with a resolution of 10 ms. Other
 * programs on the machine do not change it much, unlike rates. Null where there is no /proc.
 */
export function processorTimeMs(root: number): number | null {
  const tree = processTree(root)
  return tree && [...tree.values()].reduce((sum, { ticks }) => sum + ticks, 0) * TICK_MS
}

/** The descendant of `root` whose command line contains `text`; undefined when none does, or without /proc. */
export function findDescendant(root: number, text: string): number | undefined {
  const pids = [...(processTree(root)?.keys() ?? [])]
  return pids.find((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text)
    } catch {
      // It ended between the listing and the reading.
      return false
    }
  })
}
