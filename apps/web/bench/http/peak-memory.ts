import { readFileSync, writeFileSync } from 'node:fs'

/** Makes a process's peak (VmHWM) start again from what it uses now. Does nothing where there is no /proc. */
export function resetPeakMemory(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

/** Peak memory of a process since the reset, in MB; null where there is no /proc. */
export function peakMemoryMb(pid: number): number | null {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? null : Number(kilobytes) / 1024
  } catch (error) {
    if (!isMissing(error)) throw error
    return null
  }
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'
