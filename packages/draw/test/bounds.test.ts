import { describe, expect, it } from 'vitest'
import { entryTree } from '../src/list/entry-tree.ts'
import { toEntryList } from '../src/list/index.ts'
import { inclusionProof, verifyInclusion } from '../src/receipts/inclusion-proof.ts'
import { foldRecords } from '../src/records/draw-state.ts'
import { EVENT_ID, EventFixture } from './support/event-fixture.ts'

describe('proofs and states at their bounds', () => {
  it('accept sums of exactly 2^53 - 1', () => {
    const list = toEntryList([
      { id: 'a', tickets: 2 ** 53 - 2 },
      { id: 'b', tickets: 1 },
    ])
    const full = entryTree(list)
    const lock = {
      eventId: EVENT_ID,
      entryCount: 2,
      totalTickets: 2 ** 53 - 1,
      entriesRoot: full.root(EVENT_ID),
    }
    expect(verifyInclusion(inclusionProof(full, 1), lock)).toEqual({ ok: true, offset: 2 ** 53 - 2 })
  })

  it('have no waiting rank before the first result', () => {
    expect(foldRecords(new EventFixture().lock().records)).toMatchObject({
      slots: [],
      waiting: [],
      withdrawals: [],
    })
  })
})
