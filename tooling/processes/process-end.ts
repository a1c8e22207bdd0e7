import type { ChildProcess } from 'node:child_process'

/** Resolves when a child has ended, or could not be started: with its exit code, its signal or the error message. */
export function processEnd(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`))
    child.once('error', (error) => resolve(error.message))
  })
}
