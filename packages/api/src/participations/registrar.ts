import { isDataError } from '@eungmo/db/connection/statement-error'
import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import { type EarlierEntry, findEarlierEntries } from '@eungmo/db/queries/earlier-entries'
import {
  type NewParticipant,
  type RegisteredRow,
  registerParticipants,
} from '@eungmo/db/queries/register-participants'
import { storeChannel } from '../channels/channel-defaults.ts'
import type { KeyRing, SecretKey } from '../crypto/key-ring.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { makeApplicationNumber } from './generate-application-number.ts'
import { createGroupCommit } from './group-commit.ts'
import { isNumberTaken } from './is-application-number-taken.ts'
import { prepareEntry, renumberEntry } from './prepare-entry.ts'

/** An entry that has passed validation. */
export interface Registration {
  eventId: string
  name: string
  /** E.164. */
  phoneNumber: string
  /** Null only beside a visit token. */
  entryPath: string | null
  visitToken: string | null
  /** The rendered form's id; null where the caller sent none. */
  submissionId: string | null
}

/** What an accepted entry is answered with. */
export interface AcceptedEntry {
  participantId: string
  applicationNumber: string
  announcementDate: Date
  participatedAt: Date
  entryPath: string
  visited: boolean
  visitedAt: Date | null
  /** The draw list's opaque id, and the salt that hides the person in it. */
  entryId: string
  entrySalt: Uint8Array
  /** Hex, of the rules record in force; null where it has to be looked up. */
  rulesHash: string | null
  /** The event's key, which signs receipts. */
  keyId: string
}

/** Takes entries in, many in one statement. */
export interface Registrar {
  /**
   * Resolves once the entry is durable. Throws the domain errors of registering, and UNAVAILABLE when the database does not answer in
   * time or too many wait already.
   */
  register(registration: Registration): Promise<AcceptedEntry>
  /** Takes no more, and waits for what is under way. */
  close(): Promise<void>
}

export interface RegistrarOptions {
  /** Where the statements run: as many connections as lanes and spare ones, each statement with a limit of its own. */
  runner: StatementRunner
  keys: KeyRing
  /** The key of an event's indexes; null for an unknown event. */
  keyOfEvent(eventId: string): Promise<SecretKey | null>
  /** Called after a commit that wrote to the outbox. */
  onQueued(): void
  onFailure?(error: unknown): void
  makeNumber?: () => string
  lanes?: number
  spareLanes?: number
  maxBatch?: number
  maxWaiting?: number
  waitLimit?: number
}

type Answer = Omit<AcceptedEntry, 'keyId'> | DomainError

interface Item {
  row: NewParticipant
  phoneNumber: string
}

const MOST_RENUMBERINGS = 8

/** Composes group commit and the registration statement. */
export function createRegistrar({
  runner,
  keys,
  keyOfEvent,
  onQueued,
  onFailure,
  makeNumber = makeApplicationNumber,
  ...limits
}: RegistrarOptions): Registrar {
  const commits = createGroupCommit<Item, Answer>({
    ...limits,
    ...(onFailure && { onFailure }),
    write: (batch, attempt) => write(runner, batch, attempt, onQueued),
    // A lock that is being taken holds up its own event only.
    groupOf: (item) => item.row.eventId,
    isItemError: isDataError,
    onItemError(item, error, attempt) {
      if (!isNumberTaken(error) || attempt > MOST_RENUMBERINGS)
        return error instanceof Error
          ? error
          : new Error('An entry was refused by the database', { cause: error })
      renumberEntry(item.row, item.phoneNumber, makeNumber)
      return 'again'
    },
    unavailable: (cause) => new DomainError('UNAVAILABLE', { retryAfter: 2 }, { cause }),
  })

  return {
    async register(registration) {
      const eventKey = await keyOfEvent(registration.eventId)
      if (!eventKey) throw new DomainError('NOT_FOUND')
      const row = prepareEntry(keys, eventKey, registration, makeNumber)
      const answer = await commits.submit({ row, phoneNumber: registration.phoneNumber })
      if (answer instanceof DomainError) throw answer
      return { ...answer, keyId: eventKey.id }
    },
    close: () => commits.close(),
  }
}

async function write(
  runner: StatementRunner,
  batch: readonly Item[],
  attempt: number,
  onQueued: () => void,
): Promise<Answer[]> {
  const rows = await registerParticipants(
    runner,
    batch.map((item) => item.row),
  )
  if (rows.some((row) => row.verdict === 'registered')) onQueued()

  // Who may be retrying an entry that is in already: by submission id, or by its own id after an unknown outcome.
  const asked = batch.flatMap((item, at) => {
    const verdict = rows[at]?.verdict
    const settled = verdict === 'registered' || verdict === 'unknown-event' || verdict === 'early'
    return settled || (attempt === 1 && item.row.submissionId === null) ? [] : [at]
  })
  const earlier = new Map<number, EarlierEntry>()
  if (asked.length > 0) {
    const found = await findEarlierEntries(
      runner,
      asked.flatMap((at) => batch[at]?.row ?? []),
    )
    for (const entry of found) earlier.set(asked[entry.place - 1] ?? -1, entry)
  }
  return batch.map((item, at) => answerTo(item, rows[at], earlier.get(at)))
}

function answerTo(
  { row }: Item,
  written: RegisteredRow | undefined,
  earlier: EarlierEntry | undefined,
): Answer {
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
      entryId: row.entryId,
      entrySalt: row.entrySalt,
      rulesHash: written.rulesHash,
    }
  if (!earlier || !isSame(row, earlier)) return refusal(row, written)
  const { id, submissionId: _, place: __, ...first } = earlier
  return { participantId: id, ...first }
}

/** Whether an earlier entry is this one: sent again by its form, or written by an attempt whose outcome was unknown. */
const isSame = (row: NewParticipant, earlier: EarlierEntry): boolean =>
  earlier.id === row.id || (row.submissionId !== null && earlier.submissionId === row.submissionId)

function refusal(row: NewParticipant, { verdict, startsAt }: RegisteredRow): DomainError {
  switch (verdict) {
    case 'unknown-event':
      return new DomainError('NOT_FOUND')
    case 'early':
      return new DomainError('EVENT_NOT_OPEN', startsAt ? { startsAt: startsAt.toISOString() } : {})
    case 'late':
      return new DomainError('EVENT_CLOSED', { reason: 'ended' })
    case 'locked':
    case 'drawn':
    case 'cancelled':
      return new DomainError('EVENT_CLOSED', { reason: verdict })
    case 'unknown-path':
      if (row.entryPath === null)
        return invalidField(
          'entryPath',
          row.visitToken === null ? 'entry_path.required' : 'visit_token.invalid',
        )
      return invalidField(
        'entryPath',
        row.entryPath === storeChannel.entryPath ? 'visit_token.required' : 'entry_path.unknown',
      )
    default:
      return new DomainError('ALREADY_PARTICIPATED')
  }
}
