import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const READY_TIMEOUT_MS = 30_000
const POLL_INTERVAL_MS = 100

export const hasProgram = (name: string): boolean => Bun.which(name) !== null

export interface Programs {
  directory: string
  start(command: string[], env?: Record<string, string>): Bun.Subprocess
  stop(): Promise<void>
}

/** Programs that run beside a test, with a directory for their files. */
export function startPrograms(): Programs {
  const directory = mkdtempSync(join(tmpdir(), 'eungmo-proxies-'))
  const running: Bun.Subprocess[] = []
  return {
    directory,
    start(command, env = {}) {
      const options = { env: { ...process.env, ...env }, stdout: 'ignore', stderr: 'ignore' } as const
      const program = Bun.spawn(command, { ...options, cwd: join(import.meta.dirname, '..') })
      running.push(program)
      return program
    },
    async stop() {
      for (const program of running.toReversed()) {
        program.kill('SIGTERM')
        await program.exited
      }
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export interface CurlResponse {
  status: number
  /** Status line and headers, in lower case. */
  head: string
}

/** A request of a client at 127.0.0.3, with any certificate: fetch cannot choose its own address. */
export async function curl(url: string, ...options: string[]): Promise<CurlResponse> {
  const command = [
    'curl',
    '-sk',
    '-i',
    '--interface',
    '127.0.0.3',
    '--max-time',
    '20',
    '-H',
    'Accept: text/html',
    ...options,
    url,
  ]
  const head = (await Bun.$`${command}`.nothrow().text()).toLowerCase()
  return { status: Number(/^http\/[\d.]+ (\d+)/.exec(head)?.[1] ?? 0), head }
}

/** Resolves when the address responds with 200. */
export async function untilServing(url: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  while ((await curl(url)).status !== 200) {
    if (Date.now() > deadline) throw new Error(`${url} did not serve within ${READY_TIMEOUT_MS} ms`)
    await Bun.sleep(POLL_INTERVAL_MS)
  }
}
