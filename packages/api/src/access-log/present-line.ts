import type { AccessLine } from '@eungmo/db/queries/access-log-pages'
import type { AccessLineView } from './schema.ts'

/** A line as the owner sees it. */
export const presentLine = (line: AccessLine): AccessLineView => ({
  id: line.id,
  at: line.at.toISOString(),
  actor:
    line.actorKind === null
      ? null
      : { kind: line.actorKind, id: line.actorId, name: line.actorName, role: line.actorRole },
  clientAddress: line.clientAddress,
  action: line.action,
  event: line.eventId === null ? null : { id: line.eventId, name: line.eventTitle },
  subject: line.subjectId === null ? null : { id: line.subjectId, name: line.subjectName },
  people: line.people,
  purpose: line.purpose,
})
