import { vacuumTable } from '@eungmo/db/queries/vacuum-table'
import { destroyScope } from '../src/destruction/destroy-scope.ts'
import { entryLatencies, median, quantile } from './entry-latencies.ts'
import { fillParticipants } from './fill-participants.ts'
import { openBenchEvent } from './open-bench-event.ts'
import { startBenchShop } from './start-bench-shop.ts'

/**
 * `bun bench/destroy-million.ts [participants]`: destroys the personal data of a million participants while 32 callers enter
 * another event in the same process. Prints rate and latency of the entries before, meanwhile and afterwards, as medians of
 * windows of 2 s, and how long destruction and vacuum took.
 */
const people = Number(process.argv[2] ?? 1_000_000)
const WINDOW_MS = 2_000
const WINDOWS_WITHOUT = 8
const printLine = (text: string) => process.stdout.write(`${text}\n`)

const { dependencies, db, sql, stop } = await startBenchShop()

const window = (eventId: string) => entryLatencies(dependencies.registrar, eventId, WINDOW_MS)

/** Windows until `work` has ended, without the one in which it did. */
async function windowsDuring(eventId: string, work: () => Promise<unknown>) {
  const windows: number[][] = []
  let over = false
  const began = performance.now()
  let seconds = 0
  const working = work().finally(() => {
    over = true
    seconds = (performance.now() - began) / 1_000
  })
  while (!over) {
    const latenciesMs = await window(eventId)
    if (!over || windows.length === 0) windows.push(latenciesMs)
  }
  await working
  return { windows, seconds }
}

async function windowsWithout(eventId: string): Promise<number[][]> {
  const windows: number[][] = []
  while (windows.length < WINDOWS_WITHOUT) windows.push(await window(eventId))
  return windows
}

function summary(windows: readonly number[][]) {
  const at = (q: number) => median(windows.map((each) => quantile(each, q)))
  return {
    perSecond: median(windows.map(({ length }) => (length / WINDOW_MS) * 1_000)),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  }
}

try {
  const keyId = dependencies.secrets.newest.id
  const [entered, destroyed] = [await openBenchEvent(db, keyId), await openBenchEvent(db, keyId)]
  await fillParticipants(sql, destroyed, people)
  await window(entered)

  const before = await windowsWithout(entered)
  const scope = { standing: 'others', versions: [1] } as const
  const destruction = await windowsDuring(entered, () =>
    destroyScope(dependencies, { eventId: destroyed, reason: 'not-won', scope }),
  )
  const vacuum = await windowsDuring(entered, () => vacuumTable(dependencies.sql, { table: 'participants' }))
  const after = await windowsWithout(entered)
  const [row] = await sql`select (select count(*)::int from participants
      where event_id = ${destroyed} and (name is not null or phone_number is not null)) as stored,
    (select sum(count)::int from destruction_records where event_id = ${destroyed}) as recorded`
  if (row?.stored !== 0 || row.recorded !== people)
    throw new Error(`${row?.stored} are stored, ${row?.recorded} of ${people} are recorded`)

  const without = summary([...before, ...after])
  const print = (what: string, windows: readonly number[][]) => {
    const { perSecond, p50Ms, p99Ms } = summary(windows)
    const ratios = `${(perSecond / without.perSecond).toFixed(2)} of the rate without, p99 times ${(p99Ms / without.p99Ms).toFixed(1)}`
    printLine(
      `entries ${what.padEnd(18)} ${Math.round(perSecond)}/s, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms   ${ratios}   (${windows.length} windows)`,
    )
  }
  print('before', before)
  print('during destruction', destruction.windows)
  print('during vacuum', vacuum.windows)
  print('after', after)
  const perSecond = Math.round(people / destruction.seconds)
  printLine(
    `destruction of ${people.toLocaleString('en')} people: ${destruction.seconds.toFixed(0)} s, ${perSecond}/s; vacuum ${vacuum.seconds.toFixed(1)} s`,
  )
} finally {
  await stop()
}
