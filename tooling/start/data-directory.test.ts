import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSecretKeys } from '@eungmo/config/secret-keys'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { processCommand } from '../processes/process-command.ts'
import { processEnd } from '../processes/process-end.ts'
import { demoShop } from './demo.ts'
import { moveAside } from './move-aside.ts'
import { claim, RunFile } from './run-file.ts'
import { embeddedSecretKeys } from './secrets.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'eungmo-data-'))
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

test('creates the keys once, readable by their owner only', () => {
  const keys = embeddedSecretKeys(directory, true)
  expect(readSecretKeys(keys)).toHaveLength(1)
  expect(keys).toMatch(/^k[0-9a-f]{8}:/)
  expect(embeddedSecretKeys(directory, false)).toBe(keys)
  expect(statSync(join(directory, 'secrets')).mode & 0o777).toBe(0o600)
})

test('never creates new keys for a database that holds something', () => {
  expect(() => embeddedSecretKeys(directory, false)).toThrow('cannot be read without the keys in it')
  expect(existsSync(join(directory, 'secrets'))).toBe(false)
})

test('moves data aside without the run’s own files, and never over what was moved before', () => {
  const data = join(directory, '.data')
  const elsewhere = join(directory, 'cluster-elsewhere')
  const fill = () => {
    mkdirSync(join(data, 'logs'), { recursive: true })
    mkdirSync(elsewhere)
    for (const name of ['secrets', 'start.pid']) writeFileSync(join(data, name), name)
  }
  const now = new Date('2026-11-26T03:00:00Z')
  for (const suffix of ['before-2026-11-26', 'before-2026-11-26-2']) {
    fill()
    const line = moveAside(data, elsewhere, now)
    expect(line).toContain(`.data-${suffix} and `)
    expect(line).toContain(`cluster-elsewhere-${suffix}; a new database`)
    expect(readdirSync(join(directory, `.data-${suffix}`))).toEqual(['secrets'])
    expect(readdirSync(data).sort()).toEqual(['logs', 'start.pid'])
  }
})

test('seeds the demo once and writes this run’s address', async () => {
  const shop = { eventId: 'e', slug: 's', ownerEmail: 'o@example.com', ownerPassword: 'p', apiKey: 'k' }
  let seeded = 0
  const seed = async () => {
    seeded++
    return `a line of log\n${JSON.stringify(shop)}\n`
  }
  await demoShop(directory, 'http://localhost:3000', seed)
  await demoShop(directory, 'http://localhost:4000', seed)
  expect(seeded).toBe(1)
  expect(JSON.parse(readFileSync(join(directory, 'demo.json'), 'utf8'))).toEqual({
    baseUrl: 'http://localhost:4000',
    ...shop,
  })
})

/** A running program; resolves once its command line is its own, and no longer that of the test. */
async function program(word: string) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', word], { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  const { pid } = child
  if (pid === undefined) throw new Error('no process')
  await vi.waitFor(() => expect(processCommand(pid)).toContain(word))
  return { pid, end: processEnd(child) }
}

test('only one run at a time; a killed one does not block the next', async () => {
  const { pid } = await program('tooling/start/main.ts')
  writeFileSync(join(directory, 'start.pid'), `${pid}\n`)
  expect(() => claim(directory)).toThrow(`already runs from this directory (process ${pid})`)
  writeFileSync(join(directory, 'start.pid'), '999999999\n')
  const release = claim(directory)
  expect(readFileSync(join(directory, 'start.pid'), 'utf8')).toBe(`${process.pid}\n`)
  release()
})

test('ends what a killed run left running, and no other program', async () => {
  const ours = await program(`${directory}/web`)
  const other = await program('another/program')
  const runFile = new RunFile(directory)
  runFile.write({ web: ours.pid, consumer: other.pid })
  await runFile.stopLeftovers(['web', 'consumer'], directory)
  expect(await ours.end).toBe('SIGTERM')
  expect(process.kill(other.pid, 0)).toBe(true)
})
