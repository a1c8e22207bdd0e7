import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseSecretKeys } from '@eungmo/api/crypto/key-ring'
import { connect } from '@eungmo/db/connection/client'
import { processorTimeMs } from '@eungmo/tooling/bench/processor-time'
import { embeddedSecretKeys } from '@eungmo/tooling/start/secrets'
import type { LoadJob } from '../../../bench/load-job.ts'
import { fillSealedParticipants } from '../../../packages/api/bench/fill-sealed-participants.ts'
import { prepare, runLoadJob } from './http/load.ts'
import { peakMemoryMb } from './http/peak-memory.ts'
import { startProductServer } from './http/product-target.ts'

/**
 * `bun bench/memory.ts [participants] [seconds]`: the peak memory of the web process (VmHWM) after each step of a busy
 * evening: entries by REST and by the form, entry pages, an export of all participants of a large event alone and
 * together with entries, and a search. Prints the whole run's peak with its ratio to a limit.
 */
const participants = Number(process.argv[2] ?? 1_000_000)
const seconds = Number(process.argv[3] ?? 10)
const MAX_MEGABYTES = 250
const CONNECTIONS = 256
const printLine = (text: string) => process.stdout.write(`${text}\n`)

const directory = mkdtempSync(join(tmpdir(), 'eungmo-bench-memory-'))
await prepare()
const dataDir = join(directory, 'product')
const server = await startProductServer(dataDir)
try {
  const { baseUrl, serverPid, databaseUrl, shop } = server
  const large = await shop.createEvent({ title: '큰 이벤트' })
  const open = await shop.createEvent({ title: '열린 이벤트' })
  const { sql, close } = connect(databaseUrl, { max: 1 })
  const keys = parseSecretKeys(embeddedSecretKeys(dataDir, false))
  await fillSealedParticipants(sql, keys, { eventId: large.id, count: participants })
  await close()

  let nextNumber = 30_000_000
  async function load(job: Pick<LoadJob, 'url' | 'kind' | 'eventId'>) {
    nextNumber += 2_000_000
    const whole: LoadJob = {
      ...job,
      connections: CONNECTIONS,
      seconds,
      firstNumber: nextNumber,
      receipts: true,
    }
    const before = processorTimeMs(serverPid)
    const { perSecond, requests, wrong, firstWrong } = await runLoadJob(whole)
    const after = processorTimeMs(serverPid)
    if (wrong > 0) throw new Error(`${job.kind}: ${wrong} responses were wrong: ${firstWrong}`)
    const processorMs =
      before !== null && after !== null ? ((after - before) / requests).toFixed(3) : 'unknown'
    return `${Math.round(perSecond)} per second, ${processorMs} ms of web's processor time each`
  }
  const enter = () => load({ url: `${baseUrl}/e/${open.slug}`, kind: 'form' })

  async function exportParticipants() {
    const began = performance.now()
    const response = await fetch(`${baseUrl}/api/v1/events/${large.id}/participants.csv`, {
      method: 'POST',
      headers: { authorization: `Bearer ${shop.stack.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ purpose: 'bench' }),
    })
    if (!response.ok || !response.body) throw new Error(`The export failed with ${response.status}.`)
    let lines = 0
    for await (const chunk of response.body) for (const byte of chunk) if (byte === 0x0a) lines += 1
    if (lines !== participants + 1) throw new Error(`The export had ${lines} lines.`)
    return `${((performance.now() - began) / 1_000).toFixed(1)} s`
  }

  /** As the owner's page does: by parts, as they are found. */
  async function search() {
    const began = performance.now()
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const part = { q: '없는이름', partial: true, ...(cursor && { cursor }) }
      const page = await shop.call<{ items: unknown[]; nextCursor: string | null }>(
        'POST',
        `/events/${large.id}/participants/search`,
        part,
      )
      if (page.items.length > 0) throw new Error('The search found a participant.')
      cursor = page.nextCursor
    }
    return `${((performance.now() - began) / 1_000).toFixed(1)} s`
  }

  const steps: [name: string, run: () => Promise<string>][] = [
    ['start', async () => ''],
    [
      `REST POST, ${CONNECTIONS} connections`,
      () => load({ url: `${baseUrl}/api/v1/participations`, kind: 'rest', eventId: open.id }),
    ],
    [`form POST, ${CONNECTIONS} connections`, enter],
    [`entry page, ${CONNECTIONS} connections`, () => load({ url: `${baseUrl}/e/${open.slug}`, kind: 'get' })],
    [`export of ${participants.toLocaleString('en')}`, exportParticipants],
    [`search in ${participants.toLocaleString('en')}`, search],
    [
      'export, form POST and search at once',
      async () => (await Promise.all([exportParticipants(), enter(), search()])).join(', '),
    ],
  ]
  for (const [name, runStep] of steps) {
    const result = await runStep()
    printLine(
      `${name.padEnd(40)} peak so far ${peakMemoryMb(serverPid)?.toFixed(0) ?? 'unknown'} MB   ${result}`,
    )
  }
  const peak = peakMemoryMb(serverPid)
  if (peak !== null)
    printLine(
      `peak of the whole run: ${peak.toFixed(0)} MB, ${(peak / MAX_MEGABYTES).toFixed(2)} of the limit of ${MAX_MEGABYTES} MB`,
    )
} finally {
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
}
