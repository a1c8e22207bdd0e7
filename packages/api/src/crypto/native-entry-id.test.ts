import { entryId, personHash } from '@eungmo/draw/list'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nativeEntryId } from './native-entry-id.ts'

test('is the draw protocol’s first vector', () => {
  const eventId = '0190a6f0-0000-7000-8000-000000000001'
  expect(nativeEntryId(eventId, 'K7M2-9QXA', new Uint8Array(16).fill(9), '+821012345678')).toBe(
    'jwR_2DIMT175uATW8nVCAvFUiyI5KoXhbRuZZZz2gRI',
  )
})

test('is what the draw package makes', () => {
  const salt = fc.uint8Array({ minLength: 16, maxLength: 16 })
  const phone = fc.integer({ min: 10_000_000, max: 99_999_999 }).map((n) => `+8210${n}`)
  fc.assert(
    fc.property(
      fc.uuid(),
      fc.stringMatching(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/),
      salt,
      phone,
      (event, number, bytes, e164) => {
        expect(nativeEntryId(event, number, bytes, e164)).toBe(
          entryId(event, number, personHash(bytes, e164)),
        )
      },
    ),
    { numRuns: 200, seed: 4 },
  )
})
