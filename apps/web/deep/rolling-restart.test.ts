import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '@eungmo/db/connection/client'
import { migrate } from '@eungmo/db/connection/migrate'
import { freePort } from '@eungmo/tooling/free-port'
import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { signIn } from '../e2e/support/sign-in.ts'
import { hasProgram, startPrograms, untilServing } from './programs.ts'
import { LiveReader, Visitors } from './visitors.ts'

const WAIT = { timeout: 60_000, interval: 50 }
const SERVERS = ['a', 'b', 'c'] as const
/** Longer than the health checks of `haproxyConfig` take to notice, on a busy machine too. */
const DRAIN_SECONDS = 4

type Name = (typeof SERVERS)[number]
type Ports = Record<Name | 'all' | 'stats', number>

const demo = z.object({
  eventId: z.string(),
  slug: z.string(),
  ownerEmail: z.string(),
  ownerPassword: z.string(),
})

/**
 * As docs/operations.md shows it, with a page about the servers' states, and without HAProxy's own retries: they would
 * hide what a stopping process rejects.
 */
const haproxyConfig = (ports: Ports) =>
  `defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  timeout check 2s
  retries 0
  option forwardfor
frontend all
  bind 127.0.0.1:${ports.all}
  default_backend web
frontend stats
  bind 127.0.0.1:${ports.stats}
  stats enable
  stats uri /
backend web
  balance roundrobin
  option httpchk
  http-check send meth GET uri /readyz ver HTTP/1.1 hdr Host web
  http-check expect status 200
  default-server check inter 500ms fall 2 rise 2
${SERVERS.map((name) => `  server ${name} 127.0.0.1:${ports[name]}\n`).join('')}`

describe.skipIf(!hasProgram('haproxy') || !hasProgram('curl'))('three web processes behind haproxy', () => {
  const programs = startPrograms()
  const running = new Map<Name, Bun.Subprocess>()
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let ports: Ports
  let env: Record<string, string>

  const start = (name: Name) => {
    running.set(
      name,
      programs.start([process.execPath, 'build/index.js'], { ...env, PORT: String(ports[name]) }),
    )
  }

  /** The servers that HAProxy sends requests to. */
  async function serversInUse(): Promise<string[]> {
    const csv = await (await fetch(`http://127.0.0.1:${ports.stats}/;csv`)).text()
    return [...csv.matchAll(/^web,([abc]),.*?,UP,/gm)].map(([, name = '']) => name)
  }

  async function seed() {
    const seeding = Bun.spawn([process.execPath, 'scripts/seed-demo.ts'], {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, ...env },
      stdout: 'pipe',
      stderr: 'inherit',
    })
    const output = await new Response(seeding.stdout).text()
    expect(await seeding.exited).toBe(0)
    return demo.parse(JSON.parse(output.trim().split('\n').at(-1) ?? ''))
  }

  beforeAll(async () => {
    database = await createTestDatabase(inject('postgresUrl'))
    await migrate(database.url)
    const free = async () => await freePort()
    ports = { a: await free(), b: await free(), c: await free(), all: await free(), stats: await free() }
    env = {
      DATABASE_URL: database.url,
      SECRET_KEYS: `deep:${randomBytes(32).toString('base64')}`,
      PUBLIC_URL: `http://127.0.0.1:${ports.all}`,
      TRUSTED_PROXIES: '127.0.0.1/32',
      HOST: '127.0.0.1',
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'warn',
      NODE_ENV: 'production',
      DRAIN_SECONDS: String(DRAIN_SECONDS),
    }
    for (const name of SERVERS) start(name)
    for (const name of SERVERS) await untilServing(`http://127.0.0.1:${ports[name]}/readyz`)
    const file = join(programs.directory, 'haproxy.cfg')
    writeFileSync(file, haproxyConfig(ports))
    programs.start(['haproxy', '-db', '-f', file])
    await untilServing(`http://127.0.0.1:${ports.all}/readyz`)
  })
  afterAll(async () => {
    await programs.stop()
    await database.drop()
  })

  test('replacing one after another under load fails no request, loses no entry, and live updates continue', async () => {
    const { eventId, slug, ...owner } = await seed()
    const shop = { origin: `http://127.0.0.1:${ports.all}`, event: { id: eventId, slug } }
    const { sql, close } = connect(database.url, { max: 1 })
    const stored = async () => {
      const rows = await sql`select application_number from participants where event_id = ${eventId}`
      return rows.map((row) => String(row.application_number))
    }
    const before = await stored()
    const reader = new LiveReader(shop, await signIn({ baseUrl: shop.origin, ...owner }))
    const visitors = new Visitors(shop)
    try {
      await expect.poll(() => reader.live, WAIT).toBe(1)
      for (const name of SERVERS) {
        const served = visitors.succeeded
        const old = running.get(name)
        old?.kill('SIGTERM')
        await expect.poll(serversInUse, WAIT).not.toContain(name)
        expect(await old?.exited).toBe(0)
        start(name)
        await expect.poll(serversInUse, WAIT).toEqual([...SERVERS])
        expect(visitors.succeeded).toBeGreaterThan(served)
      }
      await expect.poll(() => reader.ended, WAIT).toBeGreaterThan(0)
      await expect.poll(() => reader.live - reader.ended, WAIT).toBe(1)
    } finally {
      await visitors.stop()
      await reader.stop()
    }
    expect(visitors.failedTwice).toEqual([])
    // Stricter than one retry: with a drain not even the first attempt fails.
    expect(visitors.failed).toEqual([])
    expect(reader.failed).toEqual([])
    const accepted = (await stored()).filter((number) => !before.includes(number))
    await close()
    expect(accepted.toSorted()).toEqual(visitors.applicationNumbers.toSorted())
  }, 240_000)
})
