import { canonicalJson } from '../encoding/canonical-json.ts'
import { parseHex, toHex } from '../encoding/hex.ts'
import { asciiBytes, type HashOptions, PROTOCOL, portableSha256 } from '../encoding/preimage.ts'
import * as shape from '../encoding/shape.ts'
import { entryId, personHash } from '../list/entry-id.ts'
import { isSignature, type SignOptions, signHash } from '../records/signature.ts'

/**
 * The operator's promise to an entrant that an entry will be in the locked list. A function of stored data.
 */
export interface Receipt {
  readonly v: typeof PROTOCOL
  readonly type: 'receipt'
  readonly eventId: string
  /** recordHash of the rules in force when the entry was stored. */
  readonly rules: string
  /** Entry id. */
  readonly id: string
  readonly applicationNumber: string
  /** personHash, in hex. The salt behind it stays with the operator, so a receipt leads to no phone number. */
  readonly person: string
  readonly visited: 0 | 1
  /** 0 at entry, increased by 1 with each later receipt. */
  readonly n: number
  readonly at: string
}

/** A receipt with its signature, for the entrant to store. */
export interface SignedReceipt {
  readonly receipt: Receipt
  readonly signature: string
}

const checkReceipt = /*#__PURE__*/ shape.object({
  v: shape.oneOf(PROTOCOL),
  type: shape.oneOf('receipt'),
  eventId: shape.shortText,
  rules: shape.hex(32),
  id: shape.idText,
  applicationNumber: shape.shortText,
  person: shape.hex(32),
  visited: shape.integer(0, 1),
  n: shape.integer(0),
  at: shape.instant,
})

const checkSigned = /*#__PURE__*/ shape.object({ receipt: checkReceipt, signature: shape.hex(64) })

/**
 * Signs a receipt: Ed25519 over T("receipt") || H(JCS(receipt)).
 * @param options a server passes its native SHA-256 and Ed25519, which are four to ten times as fast
 * @throws {ShapeError} that names the field
 * @example
 * import { signReceipt } from '@eungmo/draw/receipts'
 *
 * const secretKey = crypto.getRandomValues(new Uint8Array(32))
 * const signed = signReceipt(secretKey, {
 *   eventId: '0190a6f0-0000-7000-8000-000000000001',
 *   rules: 'ab'.repeat(32),
 *   id: 'mfJnsaApbFNLHDEMucb5KHDS0qBkMuu4if52IHZRJ3w',
 *   applicationNumber: 'K7M2-9QXF',
 *   person: '75e2006186b9ea10ec6f17995c684a73cc9b4c78876589067781c36d08ba2a3e',
 *   visited: 0,
 *   n: 0,
 *   at: '2026-03-01T09:00:00.000Z',
 * })
 * signed.signature.length // => 128
 */
export function signReceipt(
  secretKey: Uint8Array,
  fields: Omit<Receipt, 'v' | 'type'>,
  options?: HashOptions & SignOptions,
): SignedReceipt {
  const receipt: Receipt = { v: PROTOCOL, type: 'receipt', ...fields }
  checkReceipt(receipt, 'receipt')
  return { receipt, signature: signHash(secretKey, 'receipt', receiptHash(receipt, options), options) }
}

/**
 * Checks parsed JSON: a signed receipt with exactly its keys and spellings. The signature itself is not
 * checked.
 * @throws {ShapeError} that starts with the path of the wrong value
 * @example
 * // after the example of receiptText
 * import { parseSignedReceipt } from '@eungmo/draw/receipts'
 *
 * parseSignedReceipt(JSON.parse(text)).receipt.applicationNumber // => 'K7M2-9QXF'
 */
export function parseSignedReceipt(value: unknown): SignedReceipt {
  checkSigned(value, 'receipt')
  return value as SignedReceipt
}

/**
 * Whether the operator with this key signed the receipt. Never throws.
 * @example
 * // after the example of signReceipt
 * import { isReceiptSignature } from '@eungmo/draw/receipts'
 * import { operatorKeyOf } from '@eungmo/draw/records'
 *
 * isReceiptSignature(operatorKeyOf(secretKey), signed) // => true
 */
export function isReceiptSignature(operatorKey: string, { receipt, signature }: SignedReceipt): boolean {
  return isSignature(operatorKey, 'receipt', receiptHash(receipt), signature)
}

/**
 * Whether a receipt's entry id stands for its application number and person: otherwise one id could be handed
 * out under two numbers.
 */
export function isReceiptOpening(receipt: Receipt, options?: HashOptions): boolean {
  const { eventId, applicationNumber, person, id } = receipt
  return entryId(eventId, applicationNumber, parseHex(person, 32, 'person'), options) === id
}

/**
 * Whether a receipt belongs to a phone number (E.164). Two entrants who compare this with the salt of their
 * entry cannot have been given one receipt.
 * @param salt 16 bytes, which the operator shows to the holder of the phone number only
 * @throws {RangeError} for a salt of another length, and for a phone number of another form
 * @example
 * // after the example of signReceipt
 * import { isReceiptOf } from '@eungmo/draw/receipts'
 *
 * const salt = new Uint8Array(16).fill(9)
 * isReceiptOf(signed.receipt, salt, '+821012345678') // => true
 * isReceiptOf(signed.receipt, salt, '+821087654321') // => false
 */
export function isReceiptOf(
  receipt: Receipt,
  salt: Uint8Array,
  phone: string,
  options?: HashOptions,
): boolean {
  return toHex(personHash(salt, phone, options)) === receipt.person && isReceiptOpening(receipt, options)
}

/**
 * The text of a receipt to store: canonical JSON on one line.
 * @example
 * // after the example of signReceipt
 * import { receiptText } from '@eungmo/draw/receipts'
 *
 * const text = receiptText(signed)
 * text.startsWith('{"receipt":{"applicationNumber":"K7M2-9QXF"') // => true
 */
export function receiptText(signed: SignedReceipt): string {
  return canonicalJson(signed)
}

function receiptHash(receipt: Receipt, { sha256 = portableSha256 }: HashOptions = {}): Uint8Array {
  return sha256(asciiBytes(canonicalJson(receipt)))
}
