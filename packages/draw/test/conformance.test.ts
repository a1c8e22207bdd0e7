import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { entriesCsv } from '../src/list/entry-csv.ts'
import { toEntryList } from '../src/list/index.ts'
import { verifyDraw } from '../src/verify/index.ts'
import { EventFixture, FIVE_ENTRIES } from './support/event-fixture.ts'
import { mutations } from './support/mutations.ts'

const python = (...words: string[]) => spawnSync('python3', ['-B', ...words], { encoding: 'utf8' })
const hasPython = python('--version').status === 0
const directory = mkdtempSync(join(tmpdir(), 'eungmo-conformance-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))
const verifier = new URL('../conformance/verify.py', import.meta.url).pathname

if (!hasPython && process.env.CI === 'true') {
  it('needs python3 for the second verifier', () => expect.fail('python3 is missing, and CI=true'))
}

describe.skipIf(!hasPython)('the second verifier, in Python (skipped where python3 is missing)', () => {
  it('passes every frozen vector', { timeout: 120_000 }, () => {
    const { status, stdout, stderr } = python(
      verifier,
      '--vectors',
      new URL('../vectors', import.meta.url).pathname,
    )
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^[0-9]{3} vectors passed, 0 failed; beacon signatures were checked\n$/)
    expect(status).toBe(0)
  })

  it('reports the same first error as the first verifier, on transcripts with any change', {
    timeout: 120_000,
  }, () => {
    const drawn = new EventFixture().lock().result().withdraw(1).withdraw(2).lock().result().transcript()
    const cancelled = new EventFixture({ rules: { visitBonus: null } }).amend({ claimDays: 7 }).cancel()
    // every seventh change: JSON has no NaN, no -0 and no lone undefined
    const changed = [
      ...[...mutations(drawn)].map((mutation) => ({ ...mutation, entries: FIVE_ENTRIES })),
      ...[...mutations(cancelled.transcript())].map((mutation) => ({ ...mutation, entries: [] })),
    ].filter(({ what }, at) => at % 7 === 3 && !/NaN|to -0$/.test(what))
    const vectors = changed.map(({ what, value, entries }) => {
      const verification = verifyDraw(value, entries)
      const [ok, step, level] = verification.ok
        ? [true, null, verification.level]
        : [false, verification.step, null]
      return { name: what, transcript: value, entries, anchors: {}, ok, step, level }
    })
    writeFileSync(join(directory, 'transcripts.json'), JSON.stringify(vectors))
    const names = [
      'stream',
      'below',
      'seedChains',
      'entryIds',
      'texts',
      'lists',
      'seeds',
      'samples',
      'records',
      'receipts',
      'rounds',
      'beacons',
    ]
    writeFileSync(
      join(directory, 'primitives.json'),
      JSON.stringify(Object.fromEntries(names.map((name) => [name, []]))),
    )
    const { stdout } = python(verifier, '--vectors', directory)
    expect(vectors.length).toBeGreaterThan(150)
    expect(stdout).toBe(`${vectors.length} vectors passed, 0 failed; beacon signatures were checked\n`)
  })

  it('reads files as the command line does', () => {
    const transcript = join(directory, 'transcript.json')
    const csv = join(directory, 'entries.csv')
    const published = new EventFixture().lock().result().transcript()
    writeFileSync(transcript, JSON.stringify(published, null, 2))
    writeFileSync(csv, [...entriesCsv(toEntryList(FIVE_ENTRIES))].join(''))
    expect(python(verifier, transcript, csv)).toMatchObject({
      status: 0,
      stdout: 'VERIFIED: consistent; 0 beacon signatures were checked\n',
    })
    expect(python(verifier, transcript, csv, '--head', published.head).stdout).toContain('VERIFIED: anchored')
    writeFileSync(csv, 'id,tickets\nalice,5\n')
    expect(python(verifier, transcript, csv)).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^NOT VERIFIED: list: lock 1 has another entryCount/),
    })
    writeFileSync(transcript, JSON.stringify(published).replace('"attempt":1', '"attempt":1.0'))
    expect(python(verifier, transcript, csv).stdout).toMatch(/^NOT VERIFIED: shapes: /)
    expect(python(verifier, join(directory, 'none'), csv).status).toBe(2)
    writeFileSync(transcript, JSON.stringify(new EventFixture().cancel().transcript()))
    expect(python(verifier, transcript).stdout).toContain('VERIFIED: consistent')
    expect(python(verifier, transcript, csv).stdout).toMatch(/^NOT VERIFIED: list: /)
  })
})
