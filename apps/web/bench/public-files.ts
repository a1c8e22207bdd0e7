import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseSecretKeys } from '@eungmo/api/crypto/key-ring'
import { connect } from '@eungmo/db/connection/client'
import { embeddedSecretKeys } from '@eungmo/tooling/start/secrets'
import { fillSealedParticipants } from '../../../packages/api/bench/fill-sealed-participants.ts'
import { prepare, runLoadJob } from './http/load.ts'
import { peakMemoryMb } from './http/peak-memory.ts'
import { startServer } from './http/peer-targets.ts'
import { startProductServer } from './http/product-target.ts'
import { DRAWN_ENTRIES, DRAWN_WINNERS } from './http/target.ts'

/**
 * `bun bench/public-files.ts [seconds] [entries] [winners] [connections]`: what proves a draw: chain, transcript, list
 * and the page that verifies them, each with its ratio to a bare Bun.serve that returns as many bytes, and web's peak
 * memory. Fails on a wrong response.
 */
const [seconds = 5, entries = DRAWN_ENTRIES, winners = DRAWN_WINNERS, connections = 32] = process.argv
  .slice(2)
  .map(Number)

const directory = mkdtempSync(join(tmpdir(), 'eungmo-bench-files-'))
await prepare()
const dataDir = join(directory, 'product')
const server = await startProductServer(dataDir)
const limit = await startServer('echo.ts', '/bytes/1')
try {
  const { baseUrl, shop } = server
  const event = await shop.createEvent({ title: '추첨한 이벤트', winnerCount: winners })
  const { sql, close } = connect(server.databaseUrl, { max: 1 })
  const keys = parseSecretKeys(embeddedSecretKeys(dataDir, false))
  await fillSealedParticipants(sql, keys, { eventId: event.id, count: entries })
  await close()
  await shop.close(event.id)
  const { drawLogId } = await shop.draw(event.id, winners)
  const paths = {
    chain: `/api/v1/events/${event.id}/chain`,
    transcript: `/api/v1/draws/${drawLogId}/transcript`,
    'list of entries': `/api/v1/draws/${drawLogId}/entries`,
    'verification page': `/verify/${drawLogId}`,
  }
  for (const [name, path] of Object.entries(paths)) {
    const body = await (await fetch(baseUrl + path)).arrayBuffer()
    await load(baseUrl + path, seconds)
    const ours = await load(baseUrl + path, seconds)
    const bare = await load(`${limit.baseUrl}/bytes/${body.byteLength}`, seconds)
    process.stdout.write(
      `${name}, ${(body.byteLength / 1_000).toFixed(1)} KB: ${Math.round(ours.perSecond)}/s, p99 ${ours.p99Ms} ms, ` +
        `${(ours.perSecond / bare.perSecond).toFixed(3)} of the limit\n`,
    )
  }
  process.stdout.write(`peak memory of web ${peakMemoryMb(server.serverPid)} MB\n`)
} finally {
  await limit.stop()
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
}

async function load(url: string, duration: number) {
  const result = await runLoadJob({
    url,
    kind: 'get',
    connections,
    seconds: duration,
    firstNumber: 0,
    receipts: false,
  })
  if (result.wrong > 0) throw new Error(`${url}: ${result.wrong} responses were wrong: ${result.firstWrong}`)
  return result
}
