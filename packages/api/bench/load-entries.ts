import { readFileSync } from 'node:fs'
import { z } from 'zod'

/**
 * `bun bench/load-entries.ts [.data/demo.json] [entries] [concurrency]`: posts entries to a running server, 5 % of them with a
 * phone number used before, and compares what was accepted with participants, analytics totals, channel sums and hourly
 * sums. The server must run with RATE_LIMIT=off. Exits with 1 when any number differs.
 */
const [file = '.data/demo.json', entriesText = '10000', concurrencyText = '64'] = process.argv.slice(2)
const entries = Number(entriesText)
const concurrency = Number(concurrencyText)
const duplicates = Math.round(entries * 0.05)
const COUNT_TIMEOUT_MS = 30_000
const { baseUrl, apiKey } = z
  .object({ baseUrl: z.string(), apiKey: z.string() })
  .parse(JSON.parse(readFileSync(file, 'utf8')))
const printLine = (text: string) => process.stdout.write(`${text}\n`)

async function call<T>(schema: z.ZodType<T>, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${baseUrl}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return schema.parse(await response.json())
}

const countsSchema = z.object({
  total: z.number(),
  channels: z.array(z.object({ entryPath: z.string(), count: z.number() })),
  hourly: z.array(z.object({ count: z.number() })),
})
const pageSchema = z.object({
  items: z.array(z.object({ applicationNumber: z.string(), entryPath: z.string() })),
  nextCursor: z.string().nullable(),
})
const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const paths = ['우리동네TV', 'SNS', '링고비즈']

const event = await call(z.object({ id: z.string() }), 'POST', '/events', {
  title: `부하 시험 ${at(9).slice(0, 19)}`,
  startsAt: at(-1),
  endsAt: at(24),
  announcementDate: at(48),
  winnerCount: 3,
})
await call(z.object({}), 'POST', `/events/${event.id}/publish`, {})

/** Every twentieth entry repeats the phone number of one 19 earlier. */
const numbers = Array.from({ length: entries }, (_, n) => {
  const repeats = n % 20 === 19
  const person = repeats ? n - 19 : n
  return { n, phoneNumber: `010${String(20_000_000 + person)}` }
})
const accepted = new Map<string, string>()
const statusCounts = new Map<number, number>()
const latenciesMs: number[] = []
let next = 0

async function client(): Promise<void> {
  for (;;) {
    const entry = numbers[next++]
    if (!entry) return
    const entryPath = paths[entry.n % paths.length] ?? ''
    const body = {
      eventId: event.id,
      name: '김은모',
      phoneNumber: entry.phoneNumber,
      entryPath,
      privacyConsent: true,
    }
    const started = performance.now()
    const response = await fetch(`${baseUrl}/api/v1/participations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(body),
    })
    latenciesMs.push(performance.now() - started)
    statusCounts.set(response.status, (statusCounts.get(response.status) ?? 0) + 1)
    const { applicationNumber } = z
      .object({ applicationNumber: z.string().optional() })
      .parse(await response.json())
    if (response.status === 201 && applicationNumber) accepted.set(applicationNumber, entryPath)
  }
}

const started = performance.now()
await Promise.all(Array.from({ length: concurrency }, client))
const seconds = (performance.now() - started) / 1_000
latenciesMs.sort((a, b) => a - b)
const quantile = (q: number) =>
  (latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(latenciesMs.length * q))] ?? 0).toFixed(1)
printLine(
  `${entries} posts at concurrency ${concurrency}: ${seconds.toFixed(1)} s, ${Math.round(entries / seconds)}/s`,
)
printLine(`response after p50 ${quantile(0.5)} ms, p95 ${quantile(0.95)} ms, p99 ${quantile(0.99)} ms`)
printLine(`statuses ${JSON.stringify(Object.fromEntries([...statusCounts].sort()))}`)

const participants = new Map<string, string>()
for (let cursor = ''; ; ) {
  const page = await call(
    pageSchema,
    'GET',
    `/events/${event.id}/participants?limit=200${cursor && `&cursor=${cursor}`}`,
  )
  for (const { applicationNumber, entryPath } of page.items) participants.set(applicationNumber, entryPath)
  if (page.nextCursor === null) break
  cursor = page.nextCursor
}

const sum = (rows: readonly { count: number }[]) => rows.reduce((total, { count }) => total + count, 0)
let counts = await call(countsSchema, 'GET', `/events/${event.id}/analytics`)
for (
  const deadline = Date.now() + COUNT_TIMEOUT_MS;
  counts.total < participants.size && Date.now() < deadline;
)
  counts = await call(countsSchema, 'GET', `/events/${event.id}/analytics`)

const perPath = (path: string) => [...accepted.values()].filter((each) => each === path).length
const checks: [name: string, value: number, expected: number][] = [
  ['accepted', accepted.size, entries - duplicates],
  ['rejected as duplicates', statusCounts.get(409) ?? 0, duplicates],
  ['participants', participants.size, accepted.size],
  [
    'accepted that are participants',
    [...accepted.keys()].filter((number) => participants.has(number)).length,
    accepted.size,
  ],
  ['analytics total', counts.total, accepted.size],
  ['sum of channels', sum(counts.channels), accepted.size],
  ['sum of hours', sum(counts.hourly), accepted.size],
  ...paths.map((path): [string, number, number] => [
    `channel ${path}`,
    counts.channels.find(({ entryPath }) => entryPath === path)?.count ?? 0,
    perPath(path),
  ]),
]
let wrong = 0
for (const [name, value, expected] of checks) {
  const same = value === expected
  if (!same) wrong += 1
  printLine(`${same ? 'same ' : 'WRONG'}  ${name}: ${value}${same ? '' : `, expected ${expected}`}`)
}
process.exit(wrong === 0 ? 0 : 1)
