import { toHex } from '@eungmo/draw/encoding'
import { entryId, personHash } from '@eungmo/draw/list'
import { isReceiptSignature, receiptText, signReceipt } from '@eungmo/draw/receipts'
import { operatorKeyOf } from '@eungmo/draw/records'
import { describe, expect, test } from 'vitest'
import { isOwnReceipt } from './own-receipt.ts'

const operator = new Uint8Array(32).fill(5)
const eventId = '0190a6f0-0000-7000-8000-000000000001'
const saltOf = (byte: number) => new Uint8Array(16).fill(byte)
const text = (salt: Uint8Array) => toHex(salt)

function receiptOf(
  salt: Uint8Array,
  phone: string,
  applicationNumber: string,
  shownNumber = applicationNumber,
) {
  const person = personHash(salt, phone)
  return signReceipt(operator, {
    eventId,
    rules: 'ab'.repeat(32),
    id: entryId(eventId, applicationNumber, person),
    applicationNumber: shownNumber,
    person: toHex(person),
    visited: 0,
    n: 0,
    at: '2026-12-20T09:00:00.000Z',
  })
}

const own = receiptOf(saltOf(9), '+821012345678', 'K7M2-9QXA')
const alone = { storedReceipt: null }

describe('one receipt for two entrants', () => {
  test('is detected by the second, whatever salt the server returns', () => {
    // All that could be checked before: the operator signs anything.
    expect(isReceiptSignature(operatorKeyOf(operator), own)).toBe(true)
    expect(isOwnReceipt(own, text(saltOf(9)), { ...alone, phone: '010-1234-5678' })).toBe(true)
    for (const byte of [9, 0, 1, 255])
      expect(isOwnReceipt(own, text(saltOf(byte)), { ...alone, phone: '010-8765-4321' })).toBe(false)
  })

  test('is detected under a second application number', () => {
    const second = receiptOf(saltOf(9), '+821012345678', 'K7M2-9QXA', 'AAAA-AAAA')
    expect(isReceiptSignature(operatorKeyOf(operator), second)).toBe(true)
    expect(second.receipt.id).toBe(own.receipt.id)
    expect(isOwnReceipt(second, text(saltOf(9)), { ...alone, phone: '010-1234-5678' })).toBe(false)
  })

  test('is detected where the self-check shows another one than this browser stored', () => {
    const another = receiptOf(saltOf(8), '+821012345678', 'K7M2-9QXA')
    const entrant = { phone: '010-1234-5678', storedReceipt: receiptText(own) }
    expect(isOwnReceipt(own, text(saltOf(9)), entrant)).toBe(true)
    expect(isOwnReceipt(another, text(saltOf(8)), { ...entrant, storedReceipt: null })).toBe(true)
    expect(isOwnReceipt(another, text(saltOf(8)), entrant)).toBe(false)
  })

  test('is no concern of a second person who entered on this phone under another number', () => {
    const sister = receiptOf(saltOf(7), '+821087654321', 'AAAA-AAAA')
    const entrant = { phone: '010-8765-4321', storedReceipt: receiptText(own) }
    expect(isOwnReceipt(sister, text(saltOf(7)), entrant)).toBe(true)
  })
})

test('without a phone number nothing is said', () => {
  expect(isOwnReceipt(own, text(saltOf(9)), { phone: '', storedReceipt: null })).toBeNull()
})
