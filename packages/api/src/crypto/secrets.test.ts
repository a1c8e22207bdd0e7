import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openEnvelope, sealEnvelope } from './envelope.ts'
import { parseSecretKeys } from './key-ring.ts'
import { phoneIndex, storedSubmissionId } from './keyed-hashes.ts'
import { openName, openNote, openPhone } from './open-personal-envelopes.ts'
import { sealName, sealNote, sealPhone } from './personal-envelopes.ts'

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64')
const older = parseSecretKeys(`k1:${key(1)}`)
const newer = parseSecretKeys(`k2:${key(2)}, k1:${key(1)}`)
const owner = {
  eventId: '0190a6f0-0000-7000-8000-000000000001',
  participantId: '0190a6f0-0000-7000-8000-000000000002',
}
const submission = '0190a6f0-0000-7000-8000-000000000003'
const phone = { salt: Buffer.alloc(16, 9), e164: '+821012345678' }

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

describe('an envelope', () => {
  test('of a phone number opens with its participant, also after a newer key was added', () => {
    const envelope = sealPhone(older, owner, phone)
    for (const keys of [older, newer]) {
      const opened = openPhone(keys, owner, envelope)
      expect(opened.e164).toBe(phone.e164)
      expect(Buffer.from(opened.salt)).toEqual(phone.salt)
    }
  })

  test('is never the same twice and never contains the number', () => {
    const [a, b] = [sealPhone(older, owner, phone), sealPhone(older, owner, phone)]
    expect(a).not.toEqual(b)
    expect(Buffer.from(a).includes('1012345678')).toBe(false)
  })

  test('opens only in its row, column and version, for its purpose, and unchanged', () => {
    const other = { eventId: owner.participantId, participantId: owner.eventId }
    const envelopes = {
      phone: sealPhone(older, owner, phone),
      name: sealName(older, owner, '김하늘'),
      note: sealNote(older, { primaryKey: [owner.eventId, 1], column: 'withdraw_note' }, '연락이 안 됨'),
    }
    expect(openName(older, owner, envelopes.name)).toBe('김하늘')
    expect(openNote(older, { primaryKey: [owner.eventId, 1], column: 'withdraw_note' }, envelopes.note)).toBe(
      '연락이 안 됨',
    )
    for (const wrong of [
      { ...owner, participantId: other.participantId },
      { ...owner, eventId: other.eventId },
    ]) {
      expect(() => openPhone(older, wrong, envelopes.phone)).toThrow()
      expect(() => openName(older, wrong, envelopes.name)).toThrow()
    }
    expect(() => openName(older, owner, envelopes.phone)).toThrow()
    expect(() => openPhone(older, owner, envelopes.name)).toThrow()
    for (const place of [
      { primaryKey: [owner.eventId, 2], column: 'withdraw_note' },
      { primaryKey: [owner.eventId, 1], column: 'contact_note' },
      { primaryKey: [owner.participantId, 1], column: 'withdraw_note' },
    ])
      expect(() => openNote(older, place, envelopes.note)).toThrow()
    for (const envelope of Object.values(envelopes))
      for (let at = 0; at < envelope.length; at++) {
        const changed = Uint8Array.from(envelope)
        changed[at] = (changed[at] ?? 0) ^ 1
        for (const open of [
          () => openPhone(older, owner, changed),
          () => openName(older, owner, changed),
          () => openNote(older, { primaryKey: [owner.eventId, 1], column: 'withdraw_note' }, changed),
        ])
          expect(open).toThrow()
      }
    const former = Uint8Array.from(envelopes.phone)
    former[0] = 1
    expect(() => openPhone(older, owner, former)).toThrow('not an envelope')
    expect(() => openPhone(older, owner, new Uint8Array(3))).toThrow('not an envelope')
  })

  test('of a phone number has one length; of a name and a note, few', () => {
    const lengths = (numbers: string[]) =>
      new Set(numbers.map((e164) => sealPhone(older, owner, { ...phone, e164 }).length))
    expect(lengths(['+821012345678', '+8221234567', '+827012345678'])).toEqual(
      new Set([2 + 2 + 12 + 32 + 16]),
    )
    const names = ['김하', '김하늘', '남궁하늘', '김'.repeat(10)]
    expect(new Set(names.map((name) => sealName(older, owner, name).length))).toEqual(
      new Set([2 + 2 + 12 + 32 + 16]),
    )
  })

  test('holds any bytes', () => {
    const bytes = new Uint8Array(32).fill(255)
    expect(
      Uint8Array.from(openEnvelope(newer, 'seed', 'x', sealEnvelope(newer, 'seed', 'x', bytes))),
    ).toEqual(bytes)
  })

  test('opens as a second implementation sealed it', () => {
    const envelope = Buffer.from(
      '02026b31000102030405060708090a0b039c33a27a6e57d4732c3e1973d790d370b82b851547f0c7b97fa912f31620e72444a98503cc69b29b87861ba554d32c',
      'hex',
    )
    const opened = openPhone(older, owner, envelope)
    expect(opened.e164).toBe(phone.e164)
    expect(Buffer.from(opened.salt)).toEqual(phone.salt)
  })
})

describe('keyed hashes', () => {
  const asUuid = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

  test('are those of a second implementation', () => {
    expect(phoneIndex(older.newest, owner.eventId, phone.e164).toString('hex')).toBe(
      'fdd4dddad79db7b6ec2125d41c13f33f',
    )
    expect(storedSubmissionId(older.newest, owner.eventId, submission)).toBe(
      asUuid('67d706ba9685808a694acbd6271b9d03'),
    )
  })

  test('are the same for the same value in the same event and under the same key only', () => {
    const hash = phoneIndex(older.newest, owner.eventId, phone.e164)
    expect(phoneIndex(older.newest, owner.eventId, phone.e164)).toEqual(hash)
    expect(phoneIndex(older.newest, owner.participantId, phone.e164)).not.toEqual(hash)
    expect(phoneIndex(newer.newest, owner.eventId, phone.e164)).not.toEqual(hash)
    expect(storedSubmissionId(older.newest, owner.participantId, submission)).not.toBe(
      storedSubmissionId(older.newest, owner.eventId, submission),
    )
  })

  test('are the start of HMAC-SHA256 (RFC 2104), however often the key was used', () => {
    const hmac = (text: string) =>
      createHmac('sha256', older.newest.derive('index'))
        .update(`phone\0${owner.eventId}\0${text}`)
        .digest('hex')
    for (const number of [phone.e164, '+82212345678', phone.e164])
      expect(phoneIndex(older.newest, owner.eventId, number).toString('hex')).toBe(hmac(number).slice(0, 32))
  })
})
