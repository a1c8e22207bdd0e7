import { toHex } from '../../src/encoding/hex.ts'
import { entryId, personHash } from '../../src/list/entry-id.ts'
import { type Receipt, type SignedReceipt, signReceipt } from '../../src/receipts/receipt.ts'
import { type ChainRecord, recordHash } from '../../src/records/record.ts'
import { EVENT_ID, type EventFixture, OPERATOR_SECRET } from './event-fixture.ts'

/** A person who entered: all that leads from a phone number to the id in the list. */
export interface Entrant {
  readonly phone: string
  readonly salt: Uint8Array
  readonly applicationNumber: string
  /** In hex. */
  readonly person: string
  readonly id: string
}

/** The entrant number `at` (0 to 255) of the test event. */
export function entrant(at: number, applicationNumber = `A${at}`): Entrant {
  const phone = `+8210${10000000 + at}`
  const salt = new Uint8Array(16).fill(at)
  const person = personHash(salt, phone)
  return {
    phone,
    salt,
    applicationNumber,
    person: toHex(person),
    id: entryId(EVENT_ID, applicationNumber, person),
  }
}

/** An entrant's receipt under the event's first rules, without a visit; any of its fields may be changed. */
export function receiptFor(
  event: EventFixture,
  { id, applicationNumber, person }: Entrant,
  change: Partial<Receipt> = {},
): SignedReceipt {
  return signReceipt(OPERATOR_SECRET, {
    eventId: EVENT_ID,
    rules: recordHash(event.records[0] as ChainRecord),
    id,
    applicationNumber,
    person,
    visited: 0,
    n: 0,
    at: '2026-01-31T09:00:00.000Z',
    ...change,
  })
}
