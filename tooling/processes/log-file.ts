import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs'

const MAX_BYTES = 10_000_000

/** Opens a log to append to; one that is larger than 10 MB is truncated first. Returns the file descriptor. */
export function openLog(path: string): number {
  const descriptor = openSync(path, 'a', 0o600)
  if (fstatSync(descriptor).size > MAX_BYTES) ftruncateSync(descriptor)
  return descriptor
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
