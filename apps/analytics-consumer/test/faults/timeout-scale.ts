import { availableParallelism, loadavg } from 'node:os'

/** On a machine so busy that more is needed, a time limit says nothing. */
const MAX_SCALE = 10

/**
 * The factor by which time limits are extended: the load average per core, at least 1. Starting a process on
 * a machine with twenty others in the queue takes twenty times as long. The report states the load next to
 * the measured times.
 */
export function timeoutScale(): number {
  const [load = 0] = loadavg()
  return Math.min(MAX_SCALE, Math.max(1, load / availableParallelism()))
}
