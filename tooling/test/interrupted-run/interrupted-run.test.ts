import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { processCommand } from '../../processes/process-command.ts'
import { processEnd } from '../../processes/process-end.ts'

/** The command lines of the processes that work in a directory, with their ids. */
function processesOf(directory: string): Map<number, string> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const commands = pids.map((pid) => [Number(pid), processCommand(Number(pid))] as const)
  return new Map(commands.filter(([, command]) => command.includes(directory)))
}

test.skipIf(process.platform !== 'linux').each(['SIGINT', 'SIGTERM'] as const)(
  '%s to npm test leaves no database server, no broker and no server of a check behind',
  { timeout: 240_000 },
  async (signal) => {
    const directory = mkdtempSync(join(tmpdir(), 'eungmo-interrupted-'))
    const child = spawn('node', [join(import.meta.dirname, 'start.mjs')], {
      env: { ...process.env, TMPDIR: directory },
      stdio: 'ignore',
    })
    onTestFinished(() => {
      child.kill('SIGKILL')
      for (const pid of processesOf(directory).keys()) process.kill(pid, 'SIGKILL')
      rmSync(directory, { recursive: true, force: true })
    })
    const end = processEnd(child)
    const commands = () => [...processesOf(directory).values()].join('\n')
    await vi.waitFor(() => expect(commands()).toMatch(/^tail -f /m), { timeout: 150_000 })
    expect(commands()).toContain('postgres')
    child.kill(signal)
    await end
    expect(commands()).toBe('')
  },
)
