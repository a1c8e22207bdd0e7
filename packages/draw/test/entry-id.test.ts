import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { entryId, personHash } from '../src/list/entry-id.ts'
import { EVENT_ID } from './support/event-fixture.ts'

const salt = new Uint8Array(16).fill(9)
const phone = '+821012345678'

describe('entryId', () => {
  it('returns the frozen id', () => {
    expect(entryId(EVENT_ID, 'K7M2-9QXA', personHash(salt, phone))).toBe(
      'jwR_2DIMT175uATW8nVCAvFUiyI5KoXhbRuZZZz2gRI',
    )
  })

  it('is the same with a native SHA-256', () => {
    const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest()
    const person = personHash(salt, phone, { sha256 })
    expect(Buffer.from(person)).toEqual(Buffer.from(personHash(salt, phone)))
    expect(entryId(EVENT_ID, 'K7M2-9QXA', person, { sha256 })).toBe(
      'jwR_2DIMT175uATW8nVCAvFUiyI5KoXhbRuZZZz2gRI',
    )
  })

  it('differs with event, number, person and salt', () => {
    const ids = [
      entryId(EVENT_ID, 'K7M2', personHash(salt, phone)),
      entryId('other', 'K7M2', personHash(salt, phone)),
      entryId(EVENT_ID, 'K7M2B', personHash(salt, phone)),
      entryId(EVENT_ID, 'K7M2', personHash(salt, '+821012345679')),
      entryId(EVENT_ID, 'K7M2', personHash(new Uint8Array(16), phone)),
    ]
    expect(new Set(ids).size).toBe(5)
  })

  it('rejects other salts, phone spellings, persons and texts', () => {
    expect(() => personHash(new Uint8Array(15), phone)).toThrow('salt must have 16 bytes')
    for (const wrong of ['01012345678', '+82 10 1234 5678', '+0821012345678', '', '+1234567890123456']) {
      expect(() => personHash(salt, wrong)).toThrow('phone must be an E.164 number')
    }
    expect(() => entryId(EVENT_ID, 'K7M2', new Uint8Array(31))).toThrow('person must have 32 bytes')
    expect(() => entryId(EVENT_ID, '', new Uint8Array(32))).toThrow(
      'applicationNumber must have 1 to 64 characters',
    )
    expect(() => entryId(EVENT_ID, '응모', new Uint8Array(32))).toThrow('applicationNumber must be ASCII')
  })
})
