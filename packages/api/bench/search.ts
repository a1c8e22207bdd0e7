import type { Actor } from '../src/context.ts'
import { listParticipants } from '../src/participants/list-participants.ts'
import { entryLatencies, median, quantile } from './entry-latencies.ts'
import { fillSealedParticipants } from './fill-sealed-participants.ts'
import { openBenchEvent } from './open-bench-event.ts'
import { startBenchShop } from './start-bench-shop.ts'

/**
 * `bun bench/search.ts [participants,participants…]`: searches that find less than a page and therefore open every participant,
 * and entries of 32 concurrent callers without and with such searches in the same process. Prints medians, each search with its
 * ratio to a limit.
 */
const ROUNDS = 3
const ENTRY_ROUND_MS = 2_000
const MAX_SEARCH_MS: Record<number, number> = { 100000: 300, 1000000: 2_000 }
const SEARCHES = { 'a name': '없는이름', 'initial consonants': 'ㅋㅋㅋㅋ', 'last four digits': '1234' }
const sizes = (process.argv[2] ?? '100000,1000000').split(',').map(Number)
const printLine = (text: string) => process.stdout.write(`${text}\n`)

const { dependencies, db, sql, stop } = await startBenchShop()

const enter = (eventId: string) => entryLatencies(dependencies.registrar, eventId, ENTRY_ROUND_MS)

/** Runs `work` while searches follow one another. */
async function whileSearching<T>(search: (q: string) => Promise<number>, work: () => Promise<T>): Promise<T> {
  let over = false
  const searching = (async () => {
    while (!over) await search(SEARCHES['a name'])
  })()
  const result = await work()
  over = true
  await searching
  return result
}

try {
  for (const count of sizes) {
    const eventId = await openBenchEvent(db, dependencies.secrets.newest.id)
    await fillSealedParticipants(sql, dependencies.secrets, { eventId, count })
    const [event] = await sql<{ shopId: string }[]>`
      select shop_id as "shopId" from events where id = ${eventId}`
    const viewer: Actor = {
      clientAddress: '192.0.2.1',
      kind: 'member',
      userId: Bun.randomUUIDv7(),
      shopId: event?.shopId ?? '',
      role: 'owner',
      via: 'session',
      sessionId: Bun.randomUUIDv7(),
      authenticatedAt: new Date(),
      lastActiveAt: new Date(),
    }
    const search = async (q: string) => {
      const began = performance.now()
      const { items } = await listParticipants(dependencies, viewer, { eventId, limit: 200, q })
      if (items.length > 0 !== (q === SEARCHES['last four digits']))
        throw new Error(`${items.length} participants were found by ${q}`)
      return performance.now() - began
    }
    printLine(`${count.toLocaleString('en')} participants`)
    for (const [kind, q] of Object.entries(SEARCHES)) {
      const times: number[] = []
      for (let round = 0; round < ROUNDS; round++) times.push(await search(q))
      const limitMs = MAX_SEARCH_MS[count]
      const ratio = limitMs ? `   ${(median(times) / limitMs).toFixed(2)} of the limit of ${limitMs} ms` : ''
      printLine(`  search by ${kind.padEnd(20)} ${median(times).toFixed(0)} ms${ratio}`)
    }
    const entered = await openBenchEvent(db, dependencies.secrets.newest.id)
    const rounds: Record<'without' | 'with', number[][]> = { without: [], with: [] }
    for (let round = 0; round < ROUNDS; round++) {
      rounds.without.push(await enter(entered))
      rounds.with.push(await whileSearching(search, () => enter(entered)))
    }
    for (const [kind, latenciesMs] of Object.entries(rounds)) {
      const perSecond = median(latenciesMs.map(({ length }) => (length / ENTRY_ROUND_MS) * 1_000))
      const [p50, p99] = [0.5, 0.99].map((q) => median(latenciesMs.map((each) => quantile(each, q))))
      printLine(
        `  entries ${kind.padEnd(7)} searches: ${Math.round(perSecond)}/s, p50 ${p50?.toFixed(1)} ms, p99 ${p99?.toFixed(1)} ms`,
      )
    }
  }
} finally {
  await stop()
}
