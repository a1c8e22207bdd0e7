import { expect, test } from 'vitest'
import { isAlive } from './process-command.ts'
import { runCommand } from './run-command.ts'

const base = {
  cwd: '/',
  env: { PATH: process.env.PATH },
  timeoutMs: 30_000,
  signal: new AbortController().signal,
}

test('keeps both outputs and the exit code', async () => {
  const { code, output } = await runCommand(['sh', '-c', 'echo out; echo err >&2; exit 3'], base)
  expect(code).toBe(3)
  expect(output.split('\n').sort()).toEqual(['', 'err', 'out'])
})

test('a command that cannot be run ends with its reason', async () => {
  const { code, output } = await runCommand(['no-such-command-here'], base)
  expect(code).toBe(127)
  expect(output).toContain('no-such-command-here')
})

test('ends a command that takes too long, and everything it started', async () => {
  const { output, timedOut } = await runCommand(['sh', '-c', 'sleep 600 & echo $!; wait'], {
    ...base,
    timeoutMs: 300,
  })
  expect(timedOut).toBe(true)
  expect(isAlive(Number(output))).toBe(false)
})

test.each(['timeout', 'interruption'])(
  'on %s ends servers too, which have sessions of their own',
  async (cause) => {
    const stopping = new AbortController()
    const running = runCommand(['sh', '-c', 'setsid sh -c "sleep 600 & echo \\$!; wait" & wait'], {
      ...base,
      timeoutMs: cause === 'timeout' ? 1_000 : 30_000,
      signal: stopping.signal,
    })
    if (cause === 'interruption') setTimeout(() => stopping.abort(), 1_000)
    const { output } = await running
    expect(Number(output)).toBeGreaterThan(0)
    expect(isAlive(Number(output))).toBe(false)
  },
)

test('does not wait for what a command left running, and ends it', async () => {
  const { output, timedOut } = await runCommand(['sh', '-c', 'sleep 600 & echo $!'], base)
  expect(timedOut).toBe(false)
  expect(isAlive(Number(output))).toBe(false)
})
