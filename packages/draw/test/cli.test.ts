import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { entriesCsv } from '../src/list/entry-csv.ts'
import { toEntryList } from '../src/list/index.ts'
import { receiptText } from '../src/receipts/receipt.ts'
import { recordHash } from '../src/records/record.ts'
import { entrant, receiptFor } from './support/entrants.ts'
import { EventFixture } from './support/event-fixture.ts'

const directory = mkdtempSync(join(tmpdir(), 'eungmo-draw-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))
const main = new URL('../src/cli/main.ts', import.meta.url).pathname
const SEED = '4562fc3d65f6e01a9ea1f5defa6fa2c9f9ced681e018b007bc996a7a124d6382'
const EVENT = '0190a6f0-0000-7000-8000-000000000001'

function file(name: string, text?: string): string {
  const path = join(directory, name)
  if (text !== undefined) writeFileSync(path, text)
  return path
}

function run(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

const entries = file('entries.csv', 'id,tickets,reason\nbob,3,0\nalice,5,0\ncarol,1,0\ndave,1,0\nerin,0,1\n')

describe('eungmo-draw', () => {
  it('draws the frozen vector and verifies it', () => {
    const out = file('vector.json')
    const drawn = run(
      'draw',
      entries,
      '--winners',
      '2',
      '--alternates',
      '1',
      '--event',
      EVENT,
      '--seed',
      SEED,
      '--out',
      out,
    )
    expect(drawn).toMatchObject({ status: 0, stderr: '' })
    expect(drawn.stdout).toContain('winner 1       alice (5 of 10 tickets)')
    expect(drawn.stdout).toContain('alternate 1    dave (1 of 10 tickets)')
    const transcript = JSON.parse(readFileSync(out, 'utf8'))
    expect(transcript.records[0]).toMatchObject({
      visitBonus: 'per-entry',
      visitProof: 'static',
      endsAt: null,
      drawAt: null,
      claimDays: null,
      sitOutMonths: 0,
      operatorKey: null,
      textHash: null,
    })
    expect(transcript.records[0].seedCommitment).toBe(
      'f07108d3b001fe800a336f09ed0b0bcf1512a5cb27ebf3f6efd654260c2b9a8d',
    )
    expect(transcript.records[2].seed).toBe(
      '9018b1539593d796fcd2f4c09308acfd35358b30dc236abbc88fdeabef62df59',
    )
    const verified = run('verify', out, '--entries', entries)
    expect(verified).toMatchObject({ status: 0, stderr: '' })
    expect(verified.stdout).toContain('slot 1: alice')
    expect(verified.stdout).toContain('VERIFIED: consistent, 5 entries. Without an anchor')
  })

  it('draws with 32 random bytes without a seed, for the event cli', () => {
    const [one, two] = ['one.json', 'two.json'].map((name) => {
      const out = file(name)
      expect(run('draw', entries, '--winners', '1', '--out', out).status).toBe(0)
      return JSON.parse(readFileSync(out, 'utf8')).records
    })
    expect(one[1].serverSeed).not.toBe(two[1].serverSeed)
    expect(one[0].eventId).toBe('cli')
  })

  it('prints the first error, with status 1', () => {
    const out = file('wrong.json')
    run('draw', entries, '--winners', '1', '--seed', SEED, '--out', out)
    const text = readFileSync(out, 'utf8')
    const check = (transcript: string, csv: string) =>
      run('verify', file('changed.json', transcript), '--entries', file('changed.csv', csv))
    const csv = readFileSync(entries, 'utf8')
    const wrong: [string, string, string][] = [
      [
        text,
        csv.replace('bob,3', 'bob,4'),
        'NOT VERIFIED: list: lock 1 has totalTickets 10, but the list has 11',
      ],
      [text, csv.replace('bob,3', 'bob,03'), 'NOT VERIFIED: list: '],
      [text.replace('"eligibleCount": 4', '"eligibleCount": 4.0'), csv, 'NOT VERIFIED: shapes: '],
      [
        text.replace('"v": "eungmo-draw/1",', '"v": "eungmo-draw/1", "v": "eungmo-draw/1",'),
        csv,
        'NOT VERIFIED: shapes: ',
      ],
      [text.replace('"rank": 1', '"rank": 2'), csv, 'NOT VERIFIED: draws: '],
      [text.replace('"seq": 1', '"seq": 2'), 'nonsense', 'NOT VERIFIED: chain: '],
      ['{', csv, 'NOT VERIFIED: shapes: '],
    ]
    for (const [transcript, list, message] of wrong) {
      const { status, stdout } = check(transcript, list)
      expect([stdout.split('\n').at(-2)?.slice(0, message.length), status]).toEqual([message, 1])
    }
  })

  it('checks anchors', () => {
    const people = [entrant(0), entrant(1), entrant(2)] as const
    const list = toEntryList(people.map(({ id }) => ({ id, tickets: 1 })))
    const event = new EventFixture({ entries: list })
    const transcript = event.lock().result().transcript()
    const [rules, lock] = event.records.map(recordHash) as [string, string]
    const signed = receiptFor(event, people[1])
    const path = file('signed.json', JSON.stringify(transcript))
    const csv = file('signed.csv', [...entriesCsv(list)].join(''))
    const receipt = file('receipt.json', receiptText(signed))
    const anchored = run(
      'verify',
      path,
      '--entries',
      csv,
      '--lock-hash',
      lock,
      '--rules-hash',
      rules,
      '--head',
      lock,
      '--receipt',
      receipt,
    )
    expect(anchored.status).toBe(0)
    expect(anchored.stdout).toContain(
      'anchor, receipt: the entry of the receipt is in the locked list with 1 tickets',
    )
    expect(anchored.stdout).toContain(
      'VERIFIED: anchored by 4 value(s) from outside the transcript, 3 entries',
    )
    const other = run('verify', path, '--entries', csv, '--lock-hash', rules)
    expect(other.status).toBe(1)
    expect(other.stdout).toContain('NOT VERIFIED: anchors: the known lock is not in this chain')
  })

  it('verifies a cancelled event without a list, and rejects one', () => {
    const event = new EventFixture().cancel()
    const path = file('cancelled.json', JSON.stringify(event.transcript()))
    const receipt = file('cancelled-receipt.json', receiptText(receiptFor(event, entrant(0))))
    const verified = run('verify', path, '--receipt', receipt)
    expect(verified).toMatchObject({ status: 0, stderr: '' })
    expect(verified.stdout).toContain('note: the event was cancelled at')
    expect(verified.stdout).toContain(
      'VERIFIED: anchored by 1 value(s) from outside the transcript, 0 entries',
    )
    const listed = run('verify', path, '--entries', entries)
    expect(listed.status).toBe(1)
    expect(listed.stdout).toContain('NOT VERIFIED: list: the event was cancelled before a lock')
    const other = file('other.json', JSON.stringify(new EventFixture().lock().result().transcript()))
    expect(run('verify', other)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--entries is missing'),
    })
  })

  it('draws as many alternates as are left, and says so', () => {
    const out = file('capped.json')
    const drawn = run('draw', entries, '--winners', '3', '--alternates', '5', '--out', out)
    expect(drawn).toMatchObject({ status: 0, stderr: '' })
    expect(drawn.stdout).toContain('only 1 alternates: no more eligible entries are left')
    expect(run('verify', out, '--entries', entries).stdout).toContain(
      'note: the rules promised 5 alternates, but only 1 entries were left',
    )
  })

  const out = join(directory, 'unused.json')
  const wrongUses: [string, string[]][] = [
    ['a command is missing', []],
    ['unknown command: drow', ['drow']],
    ['a file name is missing', ['draw']],
    ['--winners is missing', ['draw', entries, '--out', out]],
    ['--winners must be a number, got two', ['draw', entries, '--winners', 'two', '--out', out]],
    ['--out is missing', ['draw', entries, '--winners', '1']],
    [
      '--seed must be 64 lowercase hex digits',
      ['draw', entries, '--winners', '1', '--out', out, '--seed', SEED.toUpperCase()],
    ],
    ['5 entries are to be drawn, but only 4 can be', ['draw', entries, '--winners', '5', '--out', out]],
    ['record.winnerCount must be', ['draw', entries, '--winners', '0', '--out', out]],
    ['cannot be read', ['draw', join(directory, 'none.csv'), '--winners', '1', '--out', out]],
    ['cannot be written', ['draw', entries, '--winners', '1', '--out', join(directory, 'no', 'such')]],
    ['Unknown option', ['draw', entries, '--winers', '1']],
    ['expected one file name', ['verify', entries, entries]],
    ['--entries is missing', ['verify', entries]],
    ['--head must be 64 lowercase hex digits', ['verify', entries, '--entries', entries, '--head', 'xyz']],
  ]
  it.each(wrongUses)('ends with status 2 and usage: %s', (message, words) => {
    const { status, stderr } = run(...words)
    expect(stderr).toContain(message)
    expect(stderr).toContain('eungmo-draw draw ENTRIES.csv')
    expect(status).toBe(2)
  })

  it('shows its usage when requested', () => {
    expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Exit status') })
  })
})
