import { availableParallelism, loadavg } from 'node:os'

/** No machine is so busy that ten times the limit says anything. */
const MOST = 10

/**
 * By how much time limits are stretched: the machine's load average a core, at least 1. Starting a process on
 * a machine with twenty others in the queue takes twenty times as long, whatever we do; the report names the
 * load beside the times that were measured.
 */
export function patience(): number {
  const [load = 0] = loadavg()
  return Math.min(MOST, Math.max(1, load / availableParallelism()))
}
