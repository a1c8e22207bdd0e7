import type { ContactAttempt } from '@eungmo/db/queries/contact-attempts'
import type { KeyRing } from '../crypto/key-ring.ts'
import type { NotePlace } from '../crypto/personal-envelopes.ts'
import { showNote } from '../personal-data/read-note.ts'
import type { RecordedAccess } from '../personal-data/record-access.ts'
import type { ContactView } from './schema.ts'

/** Where the note of an attempt to reach a winner is stored. */
export const contactNotePlace = (contactId: string): NotePlace => ({
  primaryKey: [contactId],
  column: 'note',
})

/** An attempt to reach a winner; members see who logged it, API keys do not. */
export const presentContact = (
  secrets: KeyRing,
  access: RecordedAccess,
  { id, at, by, means, note }: ContactAttempt,
): ContactView => ({
  contactId: id,
  at: at.toISOString(),
  by: access.actor.via === 'session' ? by : null,
  means,
  note: showNote(secrets, access, contactNotePlace(id), note),
})
