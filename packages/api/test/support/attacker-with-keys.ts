import { createHmac } from 'node:crypto'
import { openEnvelope } from '../../src/crypto/envelope.ts'
import type { EnvelopePurpose, KeyRing } from '../../src/crypto/key-ring.ts'
import { phoneIndex } from '../../src/crypto/keyed-hashes.ts'
import { guessNumbers, type KnownEntry } from './attacker.ts'
import type { StolenValue } from './stolen-dump.ts'

const PURPOSES: readonly EnvelopePurpose[] = ['phone', 'name', 'note']
/** What phone numbers are tried for, each with a budget. */
const BUDGETS = ['self-check', 'receipt', 'own-data']
const PROOFS = ['phone', 'receipt-and-phone']

/** What of the stolen values opens with the keys, as if it had been stored in clear. */
function openAll(stolen: readonly StolenValue[], keys: KeyRing, contexts: readonly string[]): StolenValue[] {
  const open = (value: Uint8Array, purpose: EnvelopePurpose, context: string): Uint8Array | null => {
    try {
      return openEnvelope(keys, purpose, context, value)
    } catch {
      return null
    }
  }
  return stolen.flatMap(({ place, value }) =>
    typeof value === 'string'
      ? []
      : PURPOSES.flatMap((purpose) =>
          contexts.flatMap((context) => {
            const plain = open(value, purpose, context)
            return plain ? [{ place: `${place} opened`, value: plain }] : []
          }),
        ),
  )
}

/** The ways in which the stolen values confirm each candidate to a holder of SECRET_KEYS. */
export interface Confirmations {
  /** Opened envelopes that hold the number. */
  envelope: string[]
  /** A hash of the number under a derived key is stored. */
  keyedHash: string[]
  /** A stored or opened run of bytes is the salt that leads from the number to the entry. */
  salt: string[]
}

/** As `guessNumbers`, for an attacker who has SECRET_KEYS as well. */
export function guessWithKeys(
  stolen: readonly StolenValue[],
  { known, participantId, keys }: { known: KnownEntry; participantId: string; keys: KeyRing },
  candidates: readonly string[],
): Confirmations {
  const { eventId } = known
  const opened = openAll(stolen, keys, [`${eventId}/${participantId}`])
  const stored = stolen.map(({ value }) =>
    typeof value === 'string' ? value.replaceAll('-', '') : Buffer.from(value).toString('hex'),
  )
  const isStored = (digest: Buffer) => stored.some((hex) => hex.includes(digest.toString('hex')))
  const keyedHashesOf = (phone: string): Buffer[] =>
    keys.all.flatMap((key) => [
      phoneIndex(key, eventId, phone),
      ...BUDGETS.flatMap((purpose) =>
        PROOFS.map((proof) =>
          createHmac('sha256', key.derive('budget'))
            .update(`${purpose}\0${eventId}\0${phone}\0${proof}`)
            .digest(),
        ),
      ),
    ])
  return {
    envelope: candidates.filter((phone) => opened.some(({ value }) => Buffer.from(value).includes(phone))),
    keyedHash: candidates.filter((phone) => keyedHashesOf(phone).some(isStored)),
    salt: guessNumbers([...stolen, ...opened], known, candidates),
  }
}
