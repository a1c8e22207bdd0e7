import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { join } from 'node:path'

const MAX_BYTES = 10_000_000
/** Older files of each log: `web.log.1` is the newest. */
const MAX_OLDER_FILES = 4

/** Opens a log to append to, and rotates it first when it is large. Returns the file descriptor. */
export function openLog(path: string): number {
  if (existsSync(path)) rotateLog(path, MAX_BYTES)
  return openSync(path, 'a', 0o600)
}

/** Rotates every log of a directory that is larger than `maxBytes`, 10 MB by default. */
export function rotateLogs(directory: string, maxBytes = MAX_BYTES): void {
  for (const name of readdirSync(directory)) {
    if (name.endsWith('.log')) rotateLog(join(directory, name), maxBytes)
  }
}

/**
 * Its content becomes `name.log.1`, and the oldest of four older files goes. The file itself stays, since a
 * running process appends to it; what it writes between the copy and the truncation is lost.
 */
function rotateLog(path: string, maxBytes: number): void {
  if (statSync(path).size <= maxBytes) return
  for (let age = MAX_OLDER_FILES - 1; age >= 1; age--) {
    if (existsSync(`${path}.${age}`)) renameSync(`${path}.${age}`, `${path}.${age + 1}`)
  }
  copyFileSync(path, `${path}.1`)
  truncateSync(path)
}

/** The last lines of a log, for an error message; an empty text when there is no such file. */
export function logTail(path: string, lines = 8): string {
  try {
    const descriptor = openSync(path, 'r')
    try {
      const { size } = fstatSync(descriptor)
      const length = Math.min(size, 16_384)
      const buffer = Buffer.alloc(length)
      readSync(descriptor, buffer, 0, length, size - length)
      return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n')
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return ''
  }
}
