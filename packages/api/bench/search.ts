import type { Actor } from '../src/context.ts'
import { countParticipants } from '../src/participants/count-participants.ts'
import type { FilterInput } from '../src/participants/filter-schema.ts'
import { listParticipants } from '../src/participants/list-participants.ts'
import { entryLatencies, median, quantile } from './entry-latencies.ts'
import { fillSealedParticipants } from './fill-sealed-participants.ts'
import { openBenchEvent } from './open-bench-event.ts'
import { startBenchShop } from './start-bench-shop.ts'

/**
 * `bun bench/search.ts [participants,participants…]`: searches that find less than a page and therefore open every
 * participant, without and with filters, pages of filters that let three participants through, and entries of 32
 * concurrent callers without searches, with one owner who searches, and with four. Prints medians, each search with
 * its ratio to a limit.
 */
const ROUNDS = 3
const ENTRY_ROUND_MS = 2_000
const MAX_SEARCH_MS: Record<number, number> = { 100000: 300, 1000000: 2_000 }
const SEARCHES = { 'a name': '없는이름', 'initial consonants': 'ㅋㅋㅋㅋ', 'last four digits': '1234' }
const RARE_PATH = '링고비즈'
const RARE_COUNT = 3
const today = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Seoul' })
/** Together they let every fourth participant through. */
const COMMON_FILTERS: FilterInput = { entryPath: 'SNS', visited: true, from: today, to: today }
const RARE_FILTERS: Record<string, FilterInput> = {
  'an entry path': { entryPath: RARE_PATH },
  winners: { isWinner: true },
  excluded: { excluded: true },
  'every filter': { ...COMMON_FILTERS, entryPath: RARE_PATH, isWinner: true, excluded: true },
}
const sizes = (process.argv[2] ?? '100000,1000000').split(',').map(Number)
const printLine = (text: string) => process.stdout.write(`${text}\n`)

const { dependencies, db, sql, stop } = await startBenchShop()

const enter = (eventId: string) => entryLatencies(dependencies.registrar, eventId, ENTRY_ROUND_MS)

/** Runs `work` while each of `owners` searches without a pause. */
async function whileSearching<T>(
  owners: number,
  search: () => Promise<number>,
  work: () => Promise<T>,
): Promise<T> {
  let over = false
  const searching = Array.from({ length: owners }, async () => {
    while (!over) await search()
  })
  const result = await work()
  over = true
  await Promise.all(searching)
  return result
}

async function medianOf(run: () => Promise<number>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) times.push(await run())
  return median(times)
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
    // The oldest, which a list from the newest on reaches last; some of them visited.
    await sql`update participants set entry_path = ${RARE_PATH}, is_winner = true, exclusion_reason = 3, visited = true
      where event_id = ${eventId}
        and id in (select id from participants where event_id = ${eventId} order by id limit ${RARE_COUNT})`
    await sql`analyze participants`
    const list = async (q: string, filter: FilterInput & { partial?: boolean } = {}) => {
      const began = performance.now()
      const { items } = await listParticipants(dependencies, viewer, { eventId, limit: 200, q, ...filter })
      return { ms: performance.now() - began, found: items.length }
    }
    const search = async (q: string, filter: FilterInput & { partial?: boolean } = {}) => {
      const { ms, found } = await list(q, filter)
      if (found > 0 && q !== SEARCHES['last four digits']) throw new Error(`${q} found ${found} participants`)
      return ms
    }
    const page = async (filter: FilterInput) => {
      const { ms, found } = await list('', filter)
      if (found !== RARE_COUNT) throw new Error(`a filter let ${found} participants through`)
      return ms
    }
    printLine(`${count.toLocaleString('en')} participants`)
    const limitMs = MAX_SEARCH_MS[count]
    for (const [kind, q] of Object.entries(SEARCHES))
      for (const [which, filter] of [
        ['', {}],
        [', filtered', COMMON_FILTERS],
      ] as const) {
        const ms = await medianOf(() => search(q, filter))
        const ratio = limitMs ? `   ${(ms / limitMs).toFixed(2)} of the limit of ${limitMs} ms` : ''
        printLine(`  search by ${`${kind}${which}`.padEnd(30)} ${ms.toFixed(0)} ms${ratio}`)
      }
    for (const [kind, filter] of Object.entries(RARE_FILTERS))
      printLine(`  page of three by ${kind.padEnd(23)} ${(await medianOf(() => page(filter))).toFixed(1)} ms`)
    const countAll = async () => {
      const began = performance.now()
      await countParticipants(dependencies, viewer, eventId)
      return performance.now() - began
    }
    printLine(`  numbers of all filters                   ${(await medianOf(countAll)).toFixed(1)} ms`)
    const entered = await openBenchEvent(db, dependencies.secrets.newest.id)
    const rounds = new Map<number, number[][]>([0, 1, 4].map((owners) => [owners, []]))
    for (let round = 0; round < ROUNDS; round++)
      for (const [owners, latencies] of rounds)
        latencies.push(
          await whileSearching(
            owners,
            // As the page requests it, so that owners take turns of a second.
            () => search(SEARCHES['a name'], { partial: true }),
            () => enter(entered),
          ),
        )
    for (const [owners, latenciesMs] of rounds) {
      const perSecond = median(latenciesMs.map(({ length }) => (length / ENTRY_ROUND_MS) * 1_000))
      const [p50, p99] = [0.5, 0.99].map((q) => median(latenciesMs.map((each) => quantile(each, q))))
      printLine(
        `  entries with ${owners} searching: ${Math.round(perSecond)}/s, p50 ${p50?.toFixed(1)} ms, p99 ${p99?.toFixed(1)} ms`,
      )
    }
  }
} finally {
  await stop()
}
