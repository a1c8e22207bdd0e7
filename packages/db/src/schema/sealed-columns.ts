import { personalColumns } from './personal-columns.ts'

/**
 * A column of AES-256-GCM envelopes under keys of SECRET_KEYS. Each is bound to the primary key of its row,
 * joined by `/`; a note also to its column.
 */
export interface SealedColumn {
  table: string
  column: string
  /** Which derived key encrypts it. */
  purpose: 'phone' | 'name' | 'note' | 'claim' | 'seed'
}

/** Every column of envelopes: what sealing again under a new key goes by. */
export const sealedColumns: readonly SealedColumn[] = [
  ...personalColumns.flatMap(({ table, column, protection }) =>
    'envelope' in protection ? [{ table, column, purpose: protection.envelope }] : [],
  ),
  { table: 'events', column: 'seed_ciphertext', purpose: 'seed' },
]
