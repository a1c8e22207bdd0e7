import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isAlive } from '../processes/process-command.ts'
import { processPart } from './process-part.ts'
import { Supervisor } from './supervisor.ts'

let directory: string
let pids: Record<string, number>
let lines: string[]
let supervisor: Supervisor

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'eungmo-supervisor-'))
  pids = {}
  lines = []
  supervisor = new Supervisor({
    log: (line) => void lines.push(line),
    changed: (now) => {
      pids = now
    },
    firstPauseMs: 20,
    maxPauseMs: 80,
    healthyAfterMs: 60_000,
  })
})

afterEach(async () => {
  await supervisor.stop()
  rmSync(directory, { recursive: true, force: true })
})

function part(name: string, script: string) {
  const options = { cwd: directory, env: { PATH: process.env.PATH }, stopTimeoutMs: 2_000 }
  return processPart({
    name,
    command: ['sh', '-c', script],
    logFile: join(directory, `${name}.log`),
    ...options,
  })
}

const wait = { timeout: 10_000, interval: 10 }

test('starts a killed part again, under a new process id', async () => {
  const { pid } = await supervisor.add(part('web', 'exec sleep 600'))
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(() => expect(lines).toContain('web runs again.'), wait)
  expect(pids.web).not.toBe(pid)
  expect(isAlive(pids.web ?? 0)).toBe(true)
  expect(lines[0]).toBe('web ended (SIGKILL: ); it is started again in 0.02 s.')
})

test('the pause doubles up to its maximum while a part keeps dying, and the log shows its last line', async () => {
  await supervisor.add(part('consumer', 'echo no database; exit 7'))
  const deaths = () => lines.filter((line) => line.startsWith('consumer ended'))
  await vi.waitFor(() => expect(deaths().length).toBeGreaterThanOrEqual(5), wait)
  expect(deaths().slice(0, 5)).toEqual(
    [0.02, 0.04, 0.08, 0.08, 0.08].map(
      (seconds) => `consumer ended (code 7: no database); it is started again in ${seconds} s.`,
    ),
  )
})

test('a part that was healthy for long enough starts again after the first pause', async () => {
  const healthy = new Supervisor({
    log: (line) => void lines.push(line),
    firstPauseMs: 20,
    healthyAfterMs: 0,
  })
  await healthy.add(part('web', 'exit 1'))
  await vi.waitFor(
    () => expect(lines.filter((line) => line.includes('ended')).length).toBeGreaterThan(3),
    wait,
  )
  await healthy.stop()
  expect(lines.filter((line) => line.includes('ended') && !line.includes('in 0.02 s'))).toEqual([])
})

test('keeps trying when a restart itself fails', async () => {
  let launches = 0
  const web = part('web', 'exec sleep 600')
  const { pid } = await supervisor.add({
    name: 'web',
    launch: () => (++launches === 2 ? Promise.reject(new Error('no port')) : web.launch()),
  })
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(() => expect(lines).toContain('web runs again.'), wait)
  expect(lines.some((line) => line.includes('could not be started: no port'))).toBe(true)
})

test('a first start that fails throws', async () => {
  const launch = () => Promise.reject(new Error('no such program'))
  await expect(supervisor.add({ name: 'web', launch })).rejects.toThrow('no such program')
})

test('stops the last started first, and kills only what ignores SIGTERM', async () => {
  const order = join(directory, 'order')
  const polite = (name: string) =>
    `trap 'echo ${name} >> ${order}; exit 0' TERM; echo up; while :; do sleep 0.05; done`
  await supervisor.add(part('postgres', polite('postgres')))
  await supervisor.add(part('deaf', "trap '' TERM; echo up; while :; do sleep 0.05; done"))
  await supervisor.add(part('web', polite('web')))
  const running = Object.values(pids)
  await vi.waitFor(() => {
    for (const name of ['postgres', 'deaf', 'web']) {
      expect(readFileSync(join(directory, `${name}.log`), 'utf8')).toBe('up\n')
    }
  }, wait)
  await supervisor.stop()
  expect(readFileSync(order, 'utf8')).toBe('web\npostgres\n')
  expect(running.filter(isAlive)).toEqual([])
  expect(lines).toEqual([])
  expect(pids).toEqual({})
})
