import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '@eungmo/db/connection/client'
import { migrate } from '@eungmo/db/connection/migrate'
import { startPostgres } from '@eungmo/tooling/postgres/server'
import { parseSecretKeys } from '../src/crypto/key-ring.ts'
import { resealAll } from '../src/reseal/reseal.ts'
import { fillSealedParticipants } from './fill-sealed-participants.ts'
import { openBenchEvent } from './open-bench-event.ts'

/**
 * `bun bench/reseal.ts [participants]`: encrypts the two envelopes of each participant under a new key, and prints the time per
 * row, pauses and vacuum included; then a second run, which finds nothing to do. Defaults to 100,000 participants.
 */
const count = Number(process.argv[2] ?? 100_000)
const keyOf = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`

const dataDir = mkdtempSync(join(tmpdir(), 'eungmo-bench-'))
const server = await startPostgres({ dataDir })
await migrate(server.url)
const { db, sql, close } = connect(server.url, { max: 2 })
try {
  const older = parseSecretKeys(keyOf('k1', 1))
  const eventId = await openBenchEvent(db, older.newest.id)
  await fillSealedParticipants(sql, older, { eventId, count })
  const secrets = parseSecretKeys(`${keyOf('k2', 2)},${keyOf('k1', 1)}`)
  for (const title of ['under a new key', 'again']) {
    const start = performance.now()
    const [participants] = await resealAll({ db, sql, secrets }, new AbortController().signal)
    const ms = performance.now() - start
    const perRow = ((ms * 1_000) / count).toFixed(1)
    const rows = `${participants?.resealed} of ${count} rows`
    process.stdout.write(`${title}: ${rows} in ${(ms / 1_000).toFixed(1)} s, ${perRow} µs per row\n`)
  }
} finally {
  await close()
  await server.stop()
  rmSync(dataDir, { recursive: true })
}
