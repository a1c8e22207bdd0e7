import type { Executor } from '@eungmo/db/connection/client'
import type { AccessAction } from '@eungmo/db/queries/access-log'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { requireScope } from '../api-keys/scopes.ts'
import type { Context, Member, Viewer } from '../context.ts'
import { fileTitle } from '../csv/file-title.ts'
import { exportInput } from '../csv/schema.ts'
import { type CsvFile, streamCsv } from '../csv/stream-csv.ts'
import { DomainError } from '../errors/domain-error.ts'
import { parseInput } from '../errors/parse-input.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import type { Locale } from '../locale.ts'
import { type Person, type SealedPerson, showPeople } from '../personal-data/read-people.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { requireRecentSignIn } from '../recent-session.ts'
import { requireMember } from '../require-member.ts'
import { parseId } from '../validation/parse-id.ts'

export interface CsvTable {
  /** What the rows are, for the file's name. */
  subject: Record<Locale, string>
  headings: Record<Locale, readonly string[]>
  /** What the access log records. */
  action: AccessAction
  count(db: Executor, event: EventWithParts): Promise<number>
  /**
   * The rows of an event, each with its line end, in parts of some 200: while one is computed, other requests
   * wait. Holds no connection between two parts, however long a reader pauses. `show` opens what is sealed.
   */
  rows(db: Executor, event: EventWithParts, show: ShowPeople): AsyncGenerator<string>
}

/** People of an export whose line in the access log is written, in the same order. */
export type ShowPeople = (subjects: readonly SealedPerson[]) => Person[]

/**
 * A table of the owner's event as CSV, for the purpose that `body` states. Throws as `requireMember`, FORBIDDEN,
 * SIGN_IN_AGAIN, VALIDATION_FAILED without a purpose, NOT_FOUND, and UNAVAILABLE where the access log cannot be
 * written, all before the first chunk; the chunks throw as of `streamCsv`.
 */
export async function exportCsv(
  context: Context,
  eventId: string,
  body: unknown,
  { subject, headings, action, count, rows }: CsvTable,
): Promise<CsvFile> {
  const {
    dependencies: { db, secrets },
    clientAddress,
    locale,
  } = context
  const viewer = requireExporter(context.viewer)
  requireRecentSignIn(viewer)
  const event = await requireOwnEvent(db, viewer, parseId(eventId))
  const { purpose } = parseInput(exportInput, body)
  const access = await recordAccess(db, {
    actor: { ...viewer, clientAddress },
    action,
    eventId: event.id,
    people: await count(db, event),
    purpose,
  })
  return {
    fileName: `${fileTitle(event.title)} ${subject[locale]}.csv`,
    chunks: streamCsv(context, {
      headings: headings[locale],
      rows: rows(db, event, (subjects) => showPeople(secrets, access, subjects)),
      authorise: requireExporter,
    }),
  }
}

function requireExporter(sender: Viewer): Member {
  const viewer = requireMember(sender)
  requireScope(viewer, 'participants:export')
  if (viewer.role !== 'owner') throw new DomainError('FORBIDDEN')
  return viewer
}
