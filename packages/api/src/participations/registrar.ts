import { errorDetail, isDataError, isTimeout } from '@eungmo/db/connection/statement-error'
import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import { type EarlierEntry, findEarlierEntries } from '@eungmo/db/queries/earlier-entries'
import {
  type NewParticipant,
  type RegisteredRow,
  registerParticipants,
} from '@eungmo/db/queries/register-participants'
import type { KeyRing, SecretKey } from '../crypto/key-ring.ts'
import { DomainError } from '../errors/domain-error.ts'
import { generateApplicationNumber } from './generate-application-number.ts'
import { createGroupCommit } from './group-commit.ts'
import type { GroupCommitLimits } from './group-commit-options.ts'
import { isApplicationNumberTaken } from './is-application-number-taken.ts'
import { type PreparedEntry, prepareEntry, renumberEntry } from './prepare-entry.ts'
import type { AcceptedEntry, Registration } from './registration.ts'
import { toRejection } from './to-rejection.ts'

/** Stores entries, many in one statement. */
export interface Registrar {
  /**
   * Resolves once the entry is durable. Rejects with the domain errors of registering, and with UNAVAILABLE
   * when the database does not respond in time or too many entries are waiting.
   */
  register(registration: Registration): Promise<AcceptedEntry>
  /** Stops accepting entries and drains. */
  close(): Promise<void>
}

export interface RegistrarOptions extends GroupCommitLimits {
  /** Runs the statements: a connection for each lane and spare lane, and a time limit for each statement. */
  runner: StatementRunner
  keys: KeyRing
  /** The key of an event's indexes; null for an unknown event. */
  keyOfEvent(eventId: string): Promise<SecretKey | null>
  /** Called after a commit that wrote to the outbox. */
  onQueued(): void
  onFailure?(error: unknown): void
  generateNumber?: () => string
}

type Outcome = Omit<AcceptedEntry, 'keyId'> | DomainError

const MAX_RENUMBERINGS = 8

/** Composes group commit and the registration statement. */
export function createRegistrar({
  runner,
  keys,
  keyOfEvent,
  onQueued,
  onFailure,
  generateNumber = generateApplicationNumber,
  ...limits
}: RegistrarOptions): Registrar {
  const commits = createGroupCommit<PreparedEntry, Outcome>({
    ...limits,
    ...(onFailure && { onFailure }),
    write: (batch, attempt) => write(runner, batch, attempt, onQueued),
    // An event's lock blocks the entries of that event only.
    groupOf: (item) => item.row.eventId,
    isTooSlow: isTimeout,
    isItemError: isDataError,
    culpritOf: (error, batch) => (isApplicationNumberTaken(error) ? ownerOfKey(error, batch) : undefined),
    onItemError(item, error, attempt) {
      if (!isApplicationNumberTaken(error) || attempt > MAX_RENUMBERINGS)
        return error instanceof Error ? error : new Error('The database rejected an entry', { cause: error })
      renumberEntry(item, generateNumber)
      return 'retry'
    },
    unavailable: (cause) => new DomainError('UNAVAILABLE', { retryAfter: 2 }, { cause }),
  })

  return {
    async register(registration) {
      requireStorable(registration)
      const eventKey = await keyOfEvent(registration.eventId)
      if (!eventKey) throw new DomainError('NOT_FOUND')
      const outcome = await commits.submit(prepareEntry(keys, eventKey, registration, generateNumber))
      if (outcome instanceof DomainError) throw outcome
      return { ...outcome, keyId: eventKey.id }
    },
    close: () => commits.close(),
  }
}

/**
 * PostgreSQL stores neither NUL nor half a surrogate pair, and one such text would fail the statement of
 * everybody in the batch. The request's schema rejects them; here is the last place before the batch. Throws
 * VALIDATION_FAILED.
 */
function requireStorable({ name, entryPath, visitToken }: Registration): void {
  const texts = [name, entryPath ?? '', visitToken ?? '']
  if (texts.some((text) => text.includes('\0') || !text.isWellFormed()))
    throw new DomainError('VALIDATION_FAILED', { fields: [] })
}

/** The last item of the batch with the number or entry id that the violated key names. */
function ownerOfKey(error: unknown, batch: readonly PreparedEntry[]): PreparedEntry | undefined {
  const detail = errorDetail(error)
  return batch.findLast(
    ({ row }) => detail.includes(`, ${row.applicationNumber})`) || detail.includes(`, ${row.entryId})`),
  )
}

async function write(
  runner: StatementRunner,
  batch: readonly PreparedEntry[],
  attempt: number,
  onQueued: () => void,
): Promise<Outcome[]> {
  const rows = await registerParticipants(
    runner,
    batch.map((item) => item.row),
  )
  if (rows.some((row) => row.verdict === 'registered')) onQueued()

  // Those that may be retries of a stored entry: by submission id, or by their own id after an unknown
  // outcome.
  const possibleRetries = batch.flatMap((item, at) => {
    const verdict = rows[at]?.verdict
    const settled = verdict === 'registered' || verdict === 'unknown-event' || verdict === 'early'
    return settled || (attempt === 1 && item.row.submissionId === null) ? [] : [at]
  })
  const earlier = new Map<number, EarlierEntry>()
  if (possibleRetries.length > 0) {
    const found = await findEarlierEntries(
      runner,
      possibleRetries.flatMap((at) => batch[at]?.row ?? []),
    )
    for (const entry of found) earlier.set(possibleRetries[entry.place - 1] ?? -1, entry)
  }
  return batch.map((item, at) => outcomeOf(item, rows[at], earlier.get(at)))
}

function outcomeOf(
  { row, person }: PreparedEntry,
  written: RegisteredRow | undefined,
  earlier: EarlierEntry | undefined,
): Outcome {
  if (!written) return new DomainError('INTERNAL')
  if (written.verdict === 'registered' && written.announcementDate)
    return {
      participantId: row.id,
      applicationNumber: row.applicationNumber,
      announcementDate: written.announcementDate,
      participatedAt: written.participatedAt,
      entryPath: written.entryPath ?? '',
      visited: written.visited,
      visitedAt: written.visited ? written.participatedAt : null,
      signable:
        written.rulesHash === null ? null : { entryId: row.entryId, person, rulesHash: written.rulesHash },
    }
  if (!earlier || !isSame(row, earlier)) return toRejection(row, written)
  const { id, submissionId: _, place: __, ...first } = earlier
  return { participantId: id, signable: null, ...first }
}

/**
 * Whether an earlier entry is this one: sent again by its form, or written by an attempt whose outcome was
 * unknown.
 */
const isSame = (row: NewParticipant, earlier: EarlierEntry): boolean =>
  earlier.id === row.id || (row.submissionId !== null && earlier.submissionId === row.submissionId)
