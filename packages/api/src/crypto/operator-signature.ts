import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { canonicalJson } from '@eungmo/draw/encoding'
import type { Receipt, SignedReceipt } from '@eungmo/draw/receipts'

/** What precedes the 32 secret bytes in a PKCS #8 Ed25519 key (RFC 8410). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

const privateKeys = new Map<string, KeyObject>()

function privateKey(secret: Uint8Array): KeyObject {
  const name = createHash('sha256').update(secret).digest('base64')
  let key = privateKeys.get(name)
  if (!key) {
    key = createPrivateKey({ key: Buffer.concat([pkcs8Head, secret]), format: 'der', type: 'pkcs8' })
    privateKeys.set(name, key)
  }
  return key
}

/**
 * Signs a receipt as @eungmo/draw/receipt does, and to the same bytes (Ed25519 is deterministic), with the platform's own Ed25519: each
 * entry is answered with one, and the portable signature takes ten times as long.
 */
export function signReceiptNatively(secret: Uint8Array, fields: Omit<Receipt, 'v' | 'type'>): SignedReceipt {
  const receipt: Receipt = { v: 'eungmo-draw/1', type: 'receipt', ...fields }
  const hash = createHash('sha256').update(canonicalJson(receipt), 'latin1').digest()
  const message = Buffer.concat([Buffer.from('eungmo-draw/1 receipt\0', 'latin1'), hash])
  return { receipt, signature: sign(null, message, privateKey(secret)).toString('hex') }
}
