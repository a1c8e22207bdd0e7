import type { Executor } from '@eungmo/db/connection/client'
import {
  type DrawRecordRow,
  insertDrawRecords,
  listDrawRecords,
  type NewDrawRecord,
} from '@eungmo/db/queries/draw-records'
import { canonicalJson } from '@eungmo/draw/encoding'
import {
  type ChainRecord,
  operatorKeyOf,
  parseRecord,
  recordHash,
  signRecordHash,
} from '@eungmo/draw/records'
import type { KeyRing, SecretKey } from '../crypto/key-ring.ts'
import { DomainError } from '../errors/domain-error.ts'

/** The Ed25519 secret that signs an event's records and receipts; an event has the same key for life. */
export const operatorSecret = (secrets: KeyRing, keyId: string): Uint8Array =>
  secrets.get(keyId).derive('signature')

const operatorKeys = new WeakMap<SecretKey, string>()

/** The operator's public key for an event, in hex. */
export function operatorKey(secrets: KeyRing, keyId: string): string {
  const secretKey = secrets.get(keyId)
  let key = operatorKeys.get(secretKey)
  if (key === undefined) {
    key = operatorKeyOf(operatorSecret(secrets, keyId))
    operatorKeys.set(secretKey, key)
  }
  return key
}

/** A stored record, parsed. */
export const recordOf = (row: Pick<DrawRecordRow, 'record'>): ChainRecord =>
  parseRecord(JSON.parse(row.record))

/** An event's chain so far: the stored rows and their records, from seq 0. */
export async function readChain(
  executor: Executor,
  eventId: string,
): Promise<{ rows: DrawRecordRow[]; records: ChainRecord[] }> {
  const rows = await listDrawRecords(executor, { eventId })
  return { rows, records: rows.map(recordOf) }
}

/** What is stored with a record without being part of it. */
export type RecordExtras = Pick<NewDrawRecord, 'rulesText' | 'changeReason' | 'entriesSoFar'>

/** The operator's public key that a chain's first record names, in hex; every signature is verified with it. */
export const publishedOperatorKey = ([first]: readonly ChainRecord[]): string | null =>
  first?.type === 'rules' ? first.operatorKey : null

/**
 * Throws UNAVAILABLE where SECRET_KEYS would sign with another key than the chain's first record names: such
 * signatures would never verify.
 */
export function requireOperatorKey(secrets: KeyRing, keyId: string, records: readonly ChainRecord[]): void {
  if (secrets.find(keyId) && publishedOperatorKey(records) === operatorKey(secrets, keyId)) return
  const cause = new Error(`SECRET_KEYS: "${keyId}" is not the key that this event was published with`)
  throw new DomainError('UNAVAILABLE', { retryAfter: 60 }, { cause })
}

/**
 * Signs a record and appends it to its event's chain, exactly as hashed. Throws UNAVAILABLE as
 * `requireOperatorKey` does.
 * @param before the chain so far
 */
export async function appendRecord(
  executor: Executor,
  secrets: KeyRing,
  keyId: string,
  before: readonly ChainRecord[],
  record: ChainRecord,
  extras: RecordExtras = {},
): Promise<void> {
  if (record.seq > 0) requireOperatorKey(secrets, keyId, before)
  const hash = recordHash(record)
  await insertDrawRecords(executor, [
    {
      eventId: record.eventId,
      seq: record.seq,
      type: record.type,
      record: canonicalJson(record),
      hash: Buffer.from(hash, 'hex'),
      signature: Buffer.from(signRecordHash(operatorSecret(secrets, keyId), hash), 'hex'),
      ...extras,
    },
  ])
}
