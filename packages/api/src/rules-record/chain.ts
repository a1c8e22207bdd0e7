import type { Executor } from '@eungmo/db/connection/client'
import {
  type DrawRecordRow,
  insertDrawRecords,
  listDrawRecords,
  type NewDrawRecord,
} from '@eungmo/db/queries/draw-records'
import { canonicalJson, toHex } from '@eungmo/draw/encoding'
import {
  type ChainRecord,
  operatorKeyOf,
  parseRecord,
  recordHash,
  signRecordHash,
} from '@eungmo/draw/records'
import type { KeyRing } from '../crypto/key-ring.ts'

/** The Ed25519 secret that signs an event's records and receipts; an event has the same key for life. */
export const operatorSecret = (secrets: KeyRing, keyId: string): Uint8Array =>
  secrets.get(keyId).derive('signature')

/** The operator's public key for an event, in hex. */
export const operatorKey = (secrets: KeyRing, keyId: string): string =>
  operatorKeyOf(operatorSecret(secrets, keyId))

/** A stored record, parsed. */
export const recordOf = (row: Pick<DrawRecordRow, 'record'>): ChainRecord =>
  parseRecord(JSON.parse(row.record))

/** A stored record's signature in hex; null where it has none. */
export const signatureOf = (row: Pick<DrawRecordRow, 'signature'>): string | null =>
  row.signature === null ? null : toHex(row.signature)

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

/** Signs a record and appends it to its event's chain, exactly as hashed. */
export async function appendRecord(
  executor: Executor,
  secrets: KeyRing,
  keyId: string,
  record: ChainRecord,
  extras: RecordExtras = {},
): Promise<void> {
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
