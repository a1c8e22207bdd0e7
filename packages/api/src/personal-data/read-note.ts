import type { KeyRing } from '../crypto/key-ring.ts'
import { openNote } from '../crypto/open-personal-envelopes.ts'
import type { NotePlace } from '../crypto/personal-envelopes.ts'
import { type RecordedAccess, wasRecorded } from './record-access.ts'

/**
 * An owner's note, into which names and numbers may be written; null without one.
 * @throws {Error} for an access that is not in the log, and as `openEnvelope` does
 */
export function showNote(
  keys: KeyRing,
  access: RecordedAccess,
  place: NotePlace,
  note: Uint8Array | null,
): string | null {
  if (!wasRecorded(access)) throw new Error('a note is read without a line in the access log')
  return note && openNote(keys, place, note)
}
