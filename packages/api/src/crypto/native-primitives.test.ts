import { entryId, personHash } from '@eungmo/draw/list'
import { signReceipt } from '@eungmo/draw/receipts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nativePrimitives } from './native-primitives.ts'

const eventId = '0190a6f0-0000-7000-8000-000000000001'

test('the native SHA-256 reproduces the first entry id of the protocol’s vectors', () => {
  const person = personHash(new Uint8Array(16).fill(9), '+821012345678', nativePrimitives)
  expect(entryId(eventId, 'K7M2-9QXA', person, nativePrimitives)).toBe(
    'jwR_2DIMT175uATW8nVCAvFUiyI5KoXhbRuZZZz2gRI',
  )
})

test('the native SHA-256 derives the same entry ids as the portable one', () => {
  const salts = fc.uint8Array({ minLength: 16, maxLength: 16 })
  const phones = fc.integer({ min: 10_000_000, max: 99_999_999 }).map((n) => `+8210${n}`)
  const numbers = fc.stringMatching(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  fc.assert(
    fc.property(fc.uuid(), numbers, salts, phones, (event, number, salt, phone) => {
      expect(entryId(event, number, personHash(salt, phone, nativePrimitives), nativePrimitives)).toBe(
        entryId(event, number, personHash(salt, phone)),
      )
    }),
    { numRuns: 200, seed: 4 },
  )
})

test('the native Ed25519 signs receipts to the same bytes as the portable one', () => {
  for (let number = 0; number < 20; number++) {
    const secret = new Uint8Array(32).fill(number)
    const fields = {
      eventId,
      rules: '0a'.repeat(32),
      id: 'jwR_2DIMT175uATW8nVCAvFUiyI5KoXhbRuZZZz2gRI',
      applicationNumber: 'K7M2-9QXA',
      person: '75e2006186b9ea10ec6f17995c684a73cc9b4c78876589067781c36d08ba2a3e',
      visited: 1 as const,
      n: number,
      at: '2026-12-20T09:00:00.000Z',
    }
    expect(signReceipt(secret, fields, nativePrimitives)).toEqual(signReceipt(secret, fields))
  }
})
