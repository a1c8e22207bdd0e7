import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { freePort } from '../free-port.ts'
import { isAlive } from '../processes/process-command.ts'
import { processEnd } from '../processes/process-end.ts'
import { ROOT } from '../repository.ts'

const home = mkdtempSync(join(tmpdir(), 'eungmo-start-'))
const port = await freePort()
const started: ChildProcess[] = []

afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGTERM')
    await processEnd(child)
  }
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** `npm start` after its bootstrap, on a data directory and a port of its own. */
function start(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(ROOT, 'tooling/start/main.ts')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter),
      HOME: process.env.HOME,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: home,
      ...env,
    },
  })
  started.push(child)
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  return { child, end: processEnd(child), output: () => output }
}

function readJson(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(home, name), 'utf8'))
}

async function untilUp({ output, end }: ReturnType<typeof start>): Promise<void> {
  let ended = ''
  void end.then((how) => {
    ended = how
  })
  const limits = { timeout: 240_000, interval: 50 }
  await vi.waitUntil(() => ended !== '' || output().includes('Ctrl-C stops everything'), limits)
  if (ended) throw new Error(`It ended (${ended}):\n${output()}`)
}

test('starts the product, starts again what dies, stops cleanly, and keeps its data', {
  timeout: 600_000,
}, async () => {
  const first = start()
  await untilUp(first)
  const demo = readJson('demo.json')
  const baseUrl = `http://localhost:${port}`
  expect(demo.baseUrl).toBe(baseUrl)
  for (const word of [`${baseUrl}/e/${demo.slug}`, demo.ownerEmail, demo.ownerPassword]) {
    expect(first.output()).toContain(word)
  }
  const response = await fetch(`${baseUrl}/api/v1/events/${demo.eventId}`)
  expect(response.status).toBe(200)

  const second = start({ PORT: String(await freePort()) })
  expect(await second.end).toBe('code 1')
  expect(second.output()).toMatch(/^Eungmo already runs from this directory \(process \d+\)\.\n$/)

  const pids = Object.values(readJson('run.json')).map(Number)
  expect(Object.keys(readJson('run.json')).sort()).toEqual(['consumer', 'postgres', 'web'])
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  await vi.waitFor(
    async () => {
      expect(Object.values(readJson('run.json')).filter((pid) => !pids.includes(Number(pid)))).toHaveLength(3)
      expect((await fetch(`${baseUrl}/readyz`)).status).toBe(200)
    },
    { timeout: 60_000, interval: 100 },
  )

  const now = Object.values(readJson('run.json')).map(Number)
  first.child.kill('SIGTERM')
  expect(await first.end).toBe('code 0')
  expect(now.filter(isAlive)).toEqual([])
  expect(existsSync(join(home, 'run.json'))).toBe(false)

  expect(existsSync(join(home, 'destructions.jsonl')), 'the journal lies outside of the database').toBe(true)

  const file = join(home, 'secrets')
  const keys = readFileSync(file, 'utf8')
  writeFileSync(file, `SECRET_KEYS=k1:${Buffer.alloc(32).toString('base64')}\n`)
  const mistaken = start()
  expect(await mistaken.end).toBe('code 1')
  expect(mistaken.output()).toMatch(
    /^Starting Eungmo…\nThe check of the keys failed: SECRET_KEYS: "k[0-9a-f]{8}" is missing, .*\n$/,
  )
  writeFileSync(file, keys)

  const again = start()
  await untilUp(again)
  expect(readJson('demo.json')).toEqual(demo)
  expect((await fetch(`${baseUrl}/api/v1/events/${demo.eventId}`)).status).toBe(200)
  again.child.kill('SIGINT')
  expect(await again.end).toBe('code 0')
})

test('says in one line that the port is taken', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
  const { end, output } = start()
  expect(await end).toBe('code 1')
  server.close()
  expect(output()).toBe(`Port ${port} is taken; choose another one: PORT=${port + 1} npm start\n`)
})

test('does not start on an external database without keys', async () => {
  const { end, output } = start({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' })
  expect(await end).toBe('code 1')
  expect(output()).toMatch(/^DATABASE_URL is set, so SECRET_KEYS is needed too: .*\n$/)
})
