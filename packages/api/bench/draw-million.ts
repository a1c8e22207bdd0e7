import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '@eungmo/db/connection/client'
import { migrate } from '@eungmo/db/connection/migrate'
import { shopMembers, shops, users } from '@eungmo/db/schema'
import { startPostgres } from '@eungmo/tooling/postgres/server'
import type { Actor } from '../src/context.ts'
import { createDependencies } from '../src/dependencies.ts'
import { drawWinners } from '../src/draws/draw-winners.ts'
import { createEvent } from '../src/events/create-event.ts'
import { publishEvent } from '../src/events/publish-event.ts'
import { fillParticipants } from './fill-participants.ts'

/**
 * `bun bench/draw-million.ts [entries]`: a draw over a million participants, from the request to the stored transcript.
 * Prints seconds and this process's peak memory, each with its ratio to a limit.
 */
const entries = Number(process.argv[2] ?? 1_000_000)
const winnerCount = Math.min(100, entries)
const MAX_SECONDS = 3
const MAX_MEGABYTES = 300
const printLine = (text: string) => process.stdout.write(`${text}\n`)

const dataDir = process.env.TEST_DATABASE_URL ? null : mkdtempSync(join(tmpdir(), 'eungmo-bench-'))
const server = dataDir ? await startPostgres({ dataDir }) : null
const url = server?.url ?? process.env.TEST_DATABASE_URL ?? ''
await migrate(url)

const quiet = () => undefined
const { dependencies, close } = createDependencies({
  databaseUrl: url,
  secretKeys: `bench:${Buffer.alloc(32, 1).toString('base64')}`,
  publicUrl: 'http://localhost',
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
})
const { db, sql, close: closeConnection } = connect(url, { max: 1 })

try {
  const viewer: Actor = {
    clientAddress: '192.0.2.1',
    kind: 'member',
    userId: Bun.randomUUIDv7(),
    shopId: Bun.randomUUIDv7(),
    role: 'owner',
    via: 'session',
    sessionId: Bun.randomUUIDv7(),
    authenticatedAt: new Date(),
    lastActiveAt: new Date(),
  }
  await db.insert(users).values({ id: viewer.userId, name: 'bench', email: `${viewer.userId}@example.com` })
  await db.insert(shops).values({ id: viewer.shopId, name: 'bench', slug: viewer.shopId })
  await db
    .insert(shopMembers)
    .values({ id: Bun.randomUUIDv7(), shopId: viewer.shopId, userId: viewer.userId, role: 'owner' })
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000)
  const event = await createEvent(dependencies, viewer, {
    title: 'bench',
    startsAt: at(-1),
    endsAt: at(1),
    announcementDate: at(2),
    winnerCount,
    visitBonus: 2,
  })
  await publishEvent(dependencies, viewer, { eventId: event.id })
  await fillParticipants(sql, event.id, entries)

  Bun.gc(true)
  const before = process.memoryUsage.rss()
  const started = performance.now()
  const result = await drawWinners(dependencies, viewer, { eventId: event.id, winnerCount, visitBonus: true })
  const seconds = (performance.now() - started) / 1_000
  if (!('winners' in result) || result.winners.length !== winnerCount)
    throw new Error('the draw is not complete')

  // The kernel's peak in kilobytes. It includes work that blocks every timer.
  const megabytes = process.resourceUsage().maxRSS / 2 ** 10
  printLine(`draw over ${entries.toLocaleString('en')} participants, ${winnerCount} winners, visit bonus 2`)
  printLine(
    `  seconds   ${seconds.toFixed(2)}   ${(seconds / MAX_SECONDS).toFixed(2)} of the limit of ${MAX_SECONDS}`,
  )
  printLine(
    `  memory    ${megabytes.toFixed(0)} MB at the peak (${(before / 2 ** 20).toFixed(0)} before)   ` +
      `${(megabytes / MAX_MEGABYTES).toFixed(2)} of the limit of ${MAX_MEGABYTES} MB`,
  )
} finally {
  await close()
  await closeConnection()
  await server?.stop()
  if (dataDir) rmSync(dataDir, { recursive: true, force: true })
}
