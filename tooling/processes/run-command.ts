import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { descendantsOf } from './descendants.ts'
import { stopProcess } from './stop-process.ts'

export type CommandResult = {
  code: number
  /** Both outputs, interleaved as they were written. */
  output: string
  stdout: string
  seconds: number
  timedOut: boolean
}

export type CommandOptions = {
  cwd: string
  env: Record<string, string | undefined>
  /** Milliseconds after which the command is ended together with what it started. */
  timeoutMs: number
  /** Ends it early in the same way. */
  signal: AbortSignal
}

const GROUP_STOP_TIMEOUT_MS = 5_000
/** The wait for the group's processes to be gone; where nothing reaps orphans they never are. */
const REAP_TIMEOUT_MS = 200
/** The shell's exit code for a command that was not found. */
const NOT_FOUND = 127

/**
 * Runs a command to its end and collects what it writes. It gets a process group of its own, which never outlives it:
 * execa ends only the command itself, not the servers and browsers that a test run starts.
 */
export function runCommand([name = '', ...args]: string[], options: CommandOptions): Promise<CommandResult> {
  const { cwd, env, timeoutMs, signal } = options
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const child = spawn(name, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const output: Buffer[] = []
    const stdout: Buffer[] = []
    let timedOut = false
    child.stdout.on('data', (chunk: Buffer) => {
      output.push(chunk)
      stdout.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => void output.push(chunk))
    let groupEnd: Promise<unknown> = Promise.resolve()
    let allEnd: Promise<unknown> = Promise.resolve()
    const endGroup = () => {
      if (child.pid === undefined) return
      groupEnd = stopProcess(-child.pid, { timeoutMs: GROUP_STOP_TIMEOUT_MS }).catch((error: unknown) =>
        output.push(Buffer.from(`\n${String(error)}\n`)),
      )
    }
    /** Servers have sessions of their own: they are found while their parents still run. */
    const endAll = () => {
      const started = child.pid === undefined ? [] : descendantsOf(child.pid)
      endGroup()
      const group = groupEnd
      groupEnd = group.then(() =>
        Promise.allSettled(started.map((pid) => stopProcess(pid, { timeoutMs: GROUP_STOP_TIMEOUT_MS }))),
      )
      allEnd = groupEnd
    }
    const timer = setTimeout(() => {
      timedOut = true
      endAll()
    }, timeoutMs)
    signal.addEventListener('abort', endAll, { once: true })
    const finish = async (code: number) => {
      clearTimeout(timer)
      await allEnd
      await Promise.race([groupEnd, delay(REAP_TIMEOUT_MS, undefined, { ref: false })])
      signal.removeEventListener('abort', endAll)
      resolve({
        code,
        output: Buffer.concat(output).toString('utf8'),
        stdout: Buffer.concat(stdout).toString('utf8'),
        seconds: (performance.now() - startedAt) / 1000,
        timedOut,
      })
    }
    child.once('error', (error) => {
      output.push(Buffer.from(`${name}: ${error.message}\n`))
      void finish(NOT_FOUND)
    })
    // Processes that it left running would hold the pipes open for ever.
    child.once('exit', endGroup)
    child.once('close', (code) => void finish(code ?? 1))
  })
}
