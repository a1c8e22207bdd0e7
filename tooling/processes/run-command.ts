import { spawn } from 'node:child_process'
import { stopProcess } from './stop-process.ts'

export type Finished = {
  code: number
  /** Both outputs, as they came. */
  output: string
  stdout: string
  seconds: number
  timedOut: boolean
}

export type CommandOptions = {
  cwd: string
  env: Record<string, string | undefined>
  /** Milliseconds after which it is ended together with what it started. */
  limit: number
  /** Ends it early in the same way. */
  signal: AbortSignal
}

/** Runs a command to its end and keeps what it writes. It gets a process group of its own, which never outlives it. */
export function runCommand(words: string[], options: CommandOptions): Promise<Finished> {
  const { cwd, env, limit, signal } = options
  const [command = '', ...rest] = words
  const began = performance.now()
  return new Promise((resolve) => {
    const child = spawn(command, rest, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    let timedOut = false
    const keep = (chunk: Buffer) => void chunks.push(chunk)
    const answers: Buffer[] = []
    child.stdout.on('data', keep)
    child.stdout.on('data', (chunk: Buffer) => void answers.push(chunk))
    child.stderr.on('data', keep)
    const endGroup = () => {
      if (child.pid === undefined) return
      stopProcess(-child.pid, { limit: 5_000 }).catch((error: unknown) =>
        keep(Buffer.from(`\n${String(error)}\n`)),
      )
    }
    const timer = setTimeout(() => {
      timedOut = true
      endGroup()
    }, limit)
    signal.addEventListener('abort', endGroup, { once: true })
    const finish = (code: number) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', endGroup)
      const output = Buffer.concat(chunks).toString('utf8')
      const stdout = Buffer.concat(answers).toString('utf8')
      resolve({ code, output, stdout, seconds: (performance.now() - began) / 1000, timedOut })
    }
    child.once('error', (error) => {
      keep(Buffer.from(`${command}: ${error.message}\n`))
      finish(127)
    })
    // What it left running would hold the pipes open for ever.
    child.once('exit', endGroup)
    child.once('close', (code) => finish(code ?? 1))
  })
}
