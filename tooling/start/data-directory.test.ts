import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSecretKeys } from '@eungmo/config/secret-keys'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { processEnd } from '../processes/process-end.ts'
import { demoShop } from './demo.ts'
import { claim, RunFile } from './run-file.ts'
import { embeddedSecretKeys } from './secrets.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'eungmo-data-'))
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

test('creates the keys once, readable by their owner only', () => {
  const keys = embeddedSecretKeys(directory, false)
  expect(readSecretKeys(keys)).toHaveLength(1)
  expect(keys).toMatch(/^k[0-9a-f]{8}:/)
  expect(embeddedSecretKeys(directory, true)).toBe(keys)
  expect(statSync(join(directory, 'secrets')).mode & 0o777).toBe(0o600)
})

test('never creates new keys for a database that exists', () => {
  expect(() => embeddedSecretKeys(directory, true)).toThrow('cannot be read without its keys')
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

function program(...words: string[]) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', ...words], { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  if (child.pid === undefined) throw new Error('no process')
  return { pid: child.pid, end: processEnd(child) }
}

test('only one run at a time; a killed one does not block the next', () => {
  const { pid } = program('tooling/start/main.ts')
  writeFileSync(join(directory, 'start.pid'), `${pid}\n`)
  expect(() => claim(directory)).toThrow(`already runs from this directory (process ${pid})`)
  writeFileSync(join(directory, 'start.pid'), '999999999\n')
  const release = claim(directory)
  expect(readFileSync(join(directory, 'start.pid'), 'utf8')).toBe(`${process.pid}\n`)
  release()
})

test('ends what a killed run left running, and no other program', async () => {
  const ours = program(`${directory}/web`)
  const other = program('another/program')
  const runFile = new RunFile(directory)
  runFile.write({ web: ours.pid, consumer: other.pid })
  await runFile.stopLeftovers(['web', 'consumer'], directory)
  expect(await ours.end).toBe('SIGTERM')
  expect(process.kill(other.pid, 0)).toBe(true)
})
