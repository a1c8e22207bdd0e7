import type { ParticipantRow } from '@eungmo/db/queries/participants'
import type { KeyRing } from '../crypto/key-ring.ts'
import type { DataSubject, NotePlace } from '../crypto/personal-envelopes.ts'
import { showNote } from '../personal-data/read-note.ts'
import type { RecordedAccess } from '../personal-data/record-access.ts'

/** Where the note of an exclusion is stored. */
export const exclusionNotePlace = ({ eventId, participantId }: DataSubject): NotePlace => ({
  primaryKey: [eventId, participantId],
  column: 'exclusion_note',
})

/** Reads the notes of exclusions, which owners alone see. */
export const exclusionNotes =
  (secrets: KeyRing, access: RecordedAccess) =>
  ({ eventId, id, exclusionNote }: ParticipantRow): string | null =>
    access.actor.via === 'session' && access.actor.role === 'owner'
      ? showNote(secrets, access, exclusionNotePlace({ eventId, participantId: id }), exclusionNote)
      : null
