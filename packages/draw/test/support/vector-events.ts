import type { Entry } from '../../src/list/index.ts'
import { type ChainRecord, recordHash } from '../../src/records/record.ts'
import { operatorKeyOf } from '../../src/records/signature.ts'
import { type Entrant, entrant, receiptFor } from './entrants.ts'
import { EventFixture, OPERATOR_SECRET, QUICKNET_ROUNDS } from './event-fixture.ts'

/** Two attempts with the real quicknet. */
export function quicknetRedraw(): EventFixture {
  const [first, second] = QUICKNET_ROUNDS
  return new EventFixture({
    start: '2023-08-23T15:00:00.000Z',
    quicknet: true,
    rules: { beacon: 'quicknet' },
  })
    .at(first.lockAt)
    .lock()
    .result()
    .withdraw(1)
    .withdraw(2, 'declined')
    .at(second.lockAt)
    .lock()
    .result()
}

/** An event with a visit bonus, exclusions, openings and every anchor. */
export function shopEvent() {
  const entrants = Array.from({ length: 40 }, (_, at) => entrant(at))
  const entries: Entry[] = entrants.map(({ id }, at) =>
    at % 9 === 8
      ? { id, tickets: 0, reason: 1 + (at % 5) }
      : { id, tickets: at % 3 === 0 ? 3 : 1, reason: 0 },
  )
  const event = new EventFixture({ entries, rules: { visitBonus: 2, winnerCount: 3, alternateCount: 2 } })
    .lock()
    .result()
    .withdraw(2)
  const winners = event.records.flatMap((record) =>
    record.type === 'result' ? record.draws.slice(0, 4) : [],
  )
  const shown = winners.map(({ index, id }) => {
    const { applicationNumber, person } = entrants.find((known) => known.id === id) as Entrant
    return { index, applicationNumber, person }
  })
  const receipt = receiptFor(event, entrant(0), { visited: 1, n: 1 })
  const anchors = {
    receipt,
    rulesHash: recordHash(event.records[0] as ChainRecord),
    lockHash: recordHash(event.records[1] as ChainRecord),
    operatorKey: operatorKeyOf(OPERATOR_SECRET),
    head: recordHash(event.records[2] as ChainRecord),
  }
  return { entries, event, transcript: event.transcript(shown), anchors }
}
