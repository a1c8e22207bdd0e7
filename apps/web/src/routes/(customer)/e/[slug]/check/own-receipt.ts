import { toE164 } from '@eungmo/api/validation/phone'
import { parseHex } from '@eungmo/draw/encoding'
import { isReceiptOf, parseSignedReceipt, type SignedReceipt } from '@eungmo/draw/receipts'

/** What this browser knows of the entrant. */
export interface Entrant {
  /** As typed; empty where the page was loaded with its result. */
  phone: string
  /** The receipt that this browser stored for the event, or null. */
  storedReceipt: string | null
}

/**
 * Whether a receipt belongs to the entrant's phone number, and is not another one than this browser stored under
 * the same application number; null without a phone number. Two entrants who both get true hold two receipts:
 * for one receipt to fit two numbers, the operator needs a collision of SHA-256.
 * @param salt of the entry, 32 hexadecimal digits
 */
export function isOwnReceipt(
  { receipt }: SignedReceipt,
  salt: string,
  { phone, storedReceipt }: Entrant,
): boolean | null {
  const e164 = toE164(phone)
  if (e164 === null) return null
  if (!isReceiptOf(receipt, parseHex(salt, 16, 'salt'), e164)) return false
  if (storedReceipt === null) return true
  const stored = parseSignedReceipt(JSON.parse(storedReceipt)).receipt
  return stored.applicationNumber !== receipt.applicationNumber || stored.id === receipt.id
}
