import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../src/encoding/canonical-json.ts'
import { parseHex, toHex } from '../src/encoding/hex.ts'
import { asciiBytes, portableSha256, taggedBytes } from '../src/encoding/preimage.ts'
import {
  isReceiptOf,
  isReceiptSignature,
  parseSignedReceipt,
  receiptText,
  signReceipt,
} from '../src/receipts/receipt.ts'
import { isRecordSignature, operatorKeyOf, signRecordHash } from '../src/records/signature.ts'
import { EVENT_ID, OPERATOR_SECRET } from './support/event-fixture.ts'

const key = operatorKeyOf(OPERATOR_SECRET)
const fields = {
  eventId: EVENT_ID,
  rules: 'ab'.repeat(32),
  id: 'jwR_2DIMT175uATW8nVCAvFUiyI5KoXhbRuZZZz2gRI',
  applicationNumber: 'K7M2-9QXA',
  person: '75e2006186b9ea10ec6f17995c684a73cc9b4c78876589067781c36d08ba2a3e',
  visited: 0 as const,
  n: 0,
  at: '2026-01-31T09:00:00.000Z',
}
const signed = signReceipt(OPERATOR_SECRET, fields)

describe('receipts', () => {
  it('are Ed25519 over T("receipt") and the hash, as any other library checks', () => {
    const hash = portableSha256(asciiBytes(canonicalJson(signed.receipt)))
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), parseHex(key, 32, 'key')])
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    expect(
      verify(null, taggedBytes('receipt', [hash]), publicKey, parseHex(signed.signature, 64, 'signature')),
    ).toBe(true)
  })

  it('are the same with a native SHA-256 and Ed25519', () => {
    const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest()
    const signNatively = (message: Uint8Array, secretKey: Uint8Array) => {
      const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secretKey])
      return sign(null, message, createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }))
    }
    expect(signReceipt(OPERATOR_SECRET, fields, { sha256, sign: signNatively })).toEqual(signed)
    const hash = 'cd'.repeat(32)
    expect(signRecordHash(OPERATOR_SECRET, hash, { sign: signNatively })).toBe(
      signRecordHash(OPERATOR_SECRET, hash),
    )
  })

  it('parse from their text', () => {
    expect(parseSignedReceipt(JSON.parse(receiptText(signed)))).toEqual(signed)
    expect(isReceiptSignature(key, signed)).toBe(true)
    expect(isReceiptOf(signed.receipt, new Uint8Array(16).fill(9), '+821012345678')).toBe(true)
  })

  it('are a function of stored data: the same at any time', () => {
    expect(signReceipt(OPERATOR_SECRET, { ...fields })).toEqual(signed)
  })

  it('are rejected with any field changed', () => {
    const changes = {
      eventId: 'x',
      rules: '00'.repeat(32),
      id: 'x',
      applicationNumber: 'x',
      person: '00'.repeat(32),
      visited: 1,
      n: 1,
      at: '2026-01-31T09:00:00.001Z',
    }
    for (const [name, value] of Object.entries(changes)) {
      const receipt = { ...signed.receipt, [name]: value }
      expect([name, isReceiptSignature(key, { ...signed, receipt })]).toEqual([name, false])
    }
  })

  it('are rejected in other shapes', () => {
    expect(() => signReceipt(OPERATOR_SECRET, { ...fields, visited: 2 as 1 })).toThrow(
      'receipt.visited must be',
    )
    expect(() => signReceipt(OPERATOR_SECRET, { ...fields, person: 'AB'.repeat(32) })).toThrow(
      'receipt.person must be 64',
    )
    expect(() => parseSignedReceipt({ ...signed, signature: signed.signature.toUpperCase() })).toThrow(
      'signature must be',
    )
    expect(() => parseSignedReceipt({ ...signed, receipt: { ...signed.receipt, phone: '010' } })).toThrow(
      'unknown key',
    )
    expect(() => parseSignedReceipt(null)).toThrow('receipt must be an object')
  })
})

describe('signatures', () => {
  const hash = 'ab'.repeat(32)
  const signature = signRecordHash(OPERATOR_SECRET, hash)

  it('of a record are never those of a receipt', () => {
    expect(isRecordSignature(key, hash, signature)).toBe(true)
    expect(
      isRecordSignature(
        key,
        toHex(portableSha256(asciiBytes(canonicalJson(signed.receipt)))),
        signed.signature,
      ),
    ).toBe(false)
  })

  it('have one encoding: S + L, upper case and other lengths are rejected', () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const bytes = parseHex(signature, 64, 'signature')
    const little = (from: Uint8Array) => BigInt(`0x${toHex(from.toReversed())}`)
    const s = (little(bytes.slice(32)) + order).toString(16).padStart(64, '0')
    const other = toHex(bytes.slice(0, 32)) + toHex(parseHex(s, 32, 's').toReversed())
    expect(other).not.toBe(signature)
    expect(isRecordSignature(key, hash, other)).toBe(false)
    expect(isRecordSignature(key, hash, signature.toUpperCase())).toBe(false)
    expect(isRecordSignature(key, hash, signature.slice(2))).toBe(false)
    expect(isRecordSignature(key, hash.toUpperCase(), signature)).toBe(false)
  })

  it('by a key of small order, or by an invalid key, are rejected', () => {
    // with zip215 the neutral element as key, R = neutral and S = 0 sign every message
    const neutral = `01${'00'.repeat(31)}`
    expect(isRecordSignature(neutral, hash, `${neutral}${'00'.repeat(32)}`)).toBe(false)
    expect(isRecordSignature('ff'.repeat(32), hash, signature)).toBe(false)
    expect(isRecordSignature('', hash, signature)).toBe(false)
  })
})
