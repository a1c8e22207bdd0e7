import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openEnvelope, sealEnvelope } from './envelope.ts'
import { parseSecretKeys } from './key-ring.ts'
import { decryptPhone, encryptPhone } from './phone-cipher.ts'
import { phoneIndex, phoneIndexStart } from './phone-index.ts'

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64')
const older = parseSecretKeys(`k1:${key(1)}`)
const newer = parseSecretKeys(`k2:${key(2)}, k1:${key(1)}`)
const owner = {
  eventId: '0190a6f0-0000-7000-8000-000000000001',
  participantId: '0190a6f0-0000-7000-8000-000000000002',
}
const phone = '+821012345678'

describe('SECRET_KEYS', () => {
  test('is parsed newest first', () => {
    expect(newer.newest.id).toBe('k2')
    expect(newer.get('k1').derive('phone')).toEqual(older.newest.derive('phone'))
    expect(() => newer.get('k3')).toThrow('no key "k3"')
  })

  test('gives each purpose a key of its own, the same in every process', () => {
    const purposes = [
      'phone',
      'name',
      'note',
      'index',
      'budget',
      'link',
      'seed',
      'signature',
      'auth',
      'done',
    ] as const
    const keys = purposes.map((purpose) => older.newest.derive(purpose).toString('hex'))
    expect(new Set(keys).size).toBe(purposes.length)
    // HKDF-SHA256 of 32 bytes of 01, no salt, info "eungmo/phone/1", as Python's hmac computes it.
    expect(keys[0]).toBe('2a95b649d6ad9464c11ea50d6a922d525474f2cbf1ea4ad1cb8708ceb99074b6')
  })

  test('recognises a secret by its check value', () => {
    expect(older.newest.checkValue().toString('hex')).toBe('64d8ea5df207e6db708e5cec0682f876')
    expect(newer.newest.checkValue()).not.toEqual(older.newest.checkValue())
  })

  test.each([
    ['', 'id:base64 pairs'],
    ['abc', 'id:base64 pairs'],
    [`k1:${Buffer.alloc(16).toString('base64')}`, '16 bytes'],
    [`k1:${key(1)},k1:${key(2)}`, 'twice'],
    [`k 1:${key(1)}`, 'id:base64 pairs'],
  ])('%j is rejected without revealing the secret', (text, sentence) => {
    expect(() => parseSecretKeys(text)).toThrow(sentence)
    expect(() => parseSecretKeys(text)).not.toThrow(key(1))
  })
})

describe('an encrypted phone number', () => {
  test('can be decrypted with its participant, also after a newer key was added', () => {
    const envelope = encryptPhone(older, owner, phone)
    expect(decryptPhone(older, owner, envelope)).toBe(phone)
    expect(decryptPhone(newer, owner, envelope)).toBe(phone)
  })

  test('is never the same twice and never contains the number', () => {
    const [a, b] = [encryptPhone(older, owner, phone), encryptPhone(older, owner, phone)]
    expect(a).not.toEqual(b)
    expect(Buffer.from(a).includes('1012345678')).toBe(false)
  })

  test('cannot be decrypted with another participant or event, for another purpose, or once changed', () => {
    const envelope = encryptPhone(older, owner, phone)
    expect(() => decryptPhone(older, { ...owner, participantId: owner.eventId }, envelope)).toThrow()
    expect(() => decryptPhone(older, { ...owner, eventId: owner.participantId }, envelope)).toThrow()
    expect(() => openEnvelope(older, 'seed', `${owner.eventId}/${owner.participantId}`, envelope)).toThrow()
    for (let at = 0; at < envelope.length; at++) {
      const changed = Uint8Array.from(envelope)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => decryptPhone(older, owner, changed)).toThrow()
    }
    expect(() => decryptPhone(older, owner, new Uint8Array(3))).toThrow('not an envelope')
  })

  test('any bytes can be encrypted', () => {
    const bytes = new Uint8Array(32).fill(255)
    expect(
      Uint8Array.from(openEnvelope(newer, 'seed', 'x', sealEnvelope(newer, 'seed', 'x', bytes))),
    ).toEqual(bytes)
  })
})

describe('indexes', () => {
  test('are the same for the same number in the same event only', () => {
    const index = phoneIndex(older.newest, owner.eventId, phone)
    expect(index.length).toBe(32)
    expect(phoneIndex(older.newest, owner.eventId, phone)).toEqual(index)
    expect(phoneIndex(older.newest, owner.participantId, phone)).not.toEqual(index)
    expect(phoneIndex(newer.newest, owner.eventId, phone)).not.toEqual(index)
  })

  test('are HMAC-SHA256 (RFC 2104) of digits and number, however often the key was used', () => {
    const hmac = (label: string, text: string) =>
      createHmac('sha256', older.newest.derive('index'))
        .update(`${label}\0${owner.eventId}\0${text}`)
        .digest('hex')
    for (const number of [phone, '+82212345678', phone])
      expect(phoneIndex(older.newest, owner.eventId, number).toString('hex')).toBe(
        hmac('tail', number.slice(-4)).slice(0, 16) + hmac('phone', number).slice(0, 48),
      )
  })

  test('begin the same for numbers with the same last four digits, in the same event only', () => {
    const start = phoneIndexStart(older.newest, owner.eventId, '5678')
    for (const number of ['+821012345678', '+82212345678'])
      expect(phoneIndex(older.newest, owner.eventId, number).subarray(0, start.length)).toEqual(start)
    expect(phoneIndexStart(older.newest, owner.eventId, '5679')).not.toEqual(start)
    expect(phoneIndexStart(older.newest, owner.participantId, '5678')).not.toEqual(start)
  })
})
