import { describe, expect, it } from 'vitest'
import { toHex } from '../src/encoding/hex.ts'
import { entriesCsv, parseEntriesCsv } from '../src/list/entry-csv.ts'
import { entryId, personHash } from '../src/list/entry-id.ts'
import { toEntryList } from '../src/list/index.ts'
import { parseRecord } from '../src/records/record.ts'
import { verifyDraw } from '../src/verify/index.ts'
import { EVENT_ID, EventFixture, FIVE_ENTRIES, QUICKNET_ROUNDS, resealed } from './support/event-fixture.ts'
import { mutations } from './support/mutations.ts'

const person = personHash(new Uint8Array(16).fill(9), '+821012345678')
const opened = { id: entryId(EVENT_ID, 'K7M2-9QXA', person), tickets: 2 ** 30, reason: 0 }
const entries = toEntryList([...FIVE_ENTRIES, opened])

/** Two attempts, a promotion, withdrawals, an opening, signatures. */
const plain = new EventFixture({ entries })
  .lock()
  .result()
  .withdraw(1)
  .withdraw(2, 'declined')
  .lock()
  .result()
const transcript = plain.transcript([
  { index: entries.indexOf(opened.id), applicationNumber: 'K7M2-9QXA', person: toHex(person) },
])

describe('a transcript with any change', () => {
  it('is accepted without a change', () => {
    expect(verifyDraw(transcript, entries)).toMatchObject({ ok: true })
  })

  it('is rejected', () => {
    const accepted: string[] = []
    let count = 0
    for (const { what, value } of mutations(transcript)) {
      count++
      if (verifyDraw(value, entries).ok) accepted.push(what)
    }
    expect(count).toBeGreaterThan(1300)
    // An opening may be erased: it is outside the records, and the verification warns that one is missing.
    expect(accepted.sort()).toEqual(['openings: without its first', 'openings: without its last'])
  })

  it('is rejected with a beacon as well', () => {
    const [first, second] = QUICKNET_ROUNDS
    const event = new EventFixture({
      start: '2023-08-23T15:00:00.000Z',
      quicknet: true,
      rules: { beacon: 'quicknet' },
    })
    event.at(first.lockAt).lock().result().withdraw(1).withdraw(2).at(second.lockAt).lock().result()
    const records = event.transcript()
    expect(verifyDraw(records, FIVE_ENTRIES)).toMatchObject({ ok: true })
    for (const { what, value } of mutations(records)) {
      expect([what, verifyDraw(value, FIVE_ENTRIES).ok]).toEqual([what, false])
    }
  })

  it('that the operator made consistent again is rejected, except in fields the operator may choose', () => {
    const free = new Set<string>()
    for (const [seq, record] of plain.records.entries()) {
      for (const { what, value } of mutations(record)) {
        try {
          parseRecord(value)
        } catch {
          continue
        }
        const changed = plain.records.with(seq, value as (typeof plain.records)[number])
        if (verifyDraw(resealed(changed), entries).ok) free.add(`${record.type}.${what.split(':')[0]}`)
      }
    }
    // seq and prev are computed again by resealing; the rest is what rules may promise,
    // whom the owner withdraws, and times that only an anchor fixes.
    const chosen = [
      'rules.seq',
      'rules.prev',
      'rules.beaconDelay',
      'rules.at',
      'rules.textHash',
      'rules.claimDays',
      'rules.sitOutMonths',
      'withdraw.slot',
    ]
    const linked = ['lock.seq', 'lock.prev', 'result.seq', 'result.prev', 'withdraw.seq', 'withdraw.prev']
    const times = ['lock.at', 'result.at', 'withdraw.at']
    expect([...free].filter((field) => ![...chosen, ...linked, ...times].includes(field))).toEqual([])
  })
})

describe('a list of entries with any changed line', () => {
  it('is rejected', () => {
    const lines = [...entriesCsv(entries)].join('').trimEnd().split('\n')
    const check = (changed: readonly string[]): boolean => {
      try {
        return verifyDraw(transcript, parseEntriesCsv(changed.join('\n'))).ok
      } catch {
        return false
      }
    }
    expect(check(lines)).toBe(true)
    expect(check([...lines.slice(0, 1), ...lines.slice(1).reverse()])).toBe(true) // order does not matter
    lines.forEach((line, at) => {
      for (const other of [
        `${line}0`,
        line.slice(0, -1),
        line.slice(1),
        `x${line}`,
        line.toUpperCase(),
        `${line},`,
        `${line} `,
        '',
      ]) {
        if (other !== line) expect([other, check(lines.with(at, other))]).toEqual([other, false])
      }
      for (let column = 0; column < line.length; column++) {
        const character = line[column] === '1' ? '2' : '1'
        const other = line.slice(0, column) + character + line.slice(column + 1)
        expect([other, check(lines.with(at, other))]).toEqual([other, false])
      }
      expect(check(lines.filter((_, other) => other !== at))).toBe(false)
      expect(check([...lines, line])).toBe(false)
    })
  })
})
