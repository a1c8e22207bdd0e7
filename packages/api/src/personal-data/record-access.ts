import type { Executor } from '@eungmo/db/connection/client'
import { type AccessAction, insertAccess } from '@eungmo/db/queries/access-log'
import type { Actor, Operator } from '../context.ts'
import { DomainError } from '../errors/domain-error.ts'

const RETRY_AFTER_S = 5

/** The error where a line of the access log cannot be written. */
export const accessUnavailable = (cause: unknown): DomainError =>
  new DomainError('UNAVAILABLE', { retryAfter: RETRY_AFTER_S }, { cause })

/** What an actor does, for the access log. */
export interface Access {
  actor: Actor | Operator
  action: AccessAction
  eventId?: string
  /** The participant, API key, member or invitation that it is about. */
  subjectId?: string
  /** How many entrants' data it gives access to. Defaults to 0. */
  people?: number
  /** Why data is exported. */
  purpose?: string
}

const recorded = new WeakSet<Access>()

/** An access that stands in the log: what `showPeople` demands. Only `recordAccess` creates one. */
export type RecordedAccess = Access & { readonly isRecorded: true }

/**
 * Appends an access to the log: before the data leaves, or in the transaction of the action. Throws UNAVAILABLE
 * where the line cannot be written; the caller must then neither show nor change anything.
 */
export async function recordAccess(executor: Executor, access: Access): Promise<RecordedAccess> {
  const { actor, action, eventId, subjectId, people = 0, purpose } = access
  try {
    await insertAccess(executor, {
      id: Bun.randomUUIDv7(),
      shopId: actor.shopId,
      ...columnsOf(actor),
      clientAddress: actor.clientAddress,
      action,
      eventId: eventId ?? null,
      subjectId: subjectId ?? null,
      people,
      purpose: purpose ?? null,
    })
  } catch (cause) {
    throw accessUnavailable(cause)
  }
  const line: RecordedAccess = { ...access, isRecorded: true }
  recorded.add(line)
  return line
}

/** Whether an access was recorded by this process: a copy or an imitation was not. */
export const wasRecorded = (access: RecordedAccess): boolean => recorded.has(access)

function columnsOf(actor: Actor | Operator) {
  if (actor.via === 'command') return { actorKind: 'operator', actorId: null, actorRole: null } as const
  return actor.via === 'api-key'
    ? ({ actorKind: 'api-key', actorId: actor.apiKeyId, actorRole: null } as const)
    : ({ actorKind: 'user', actorId: actor.userId, actorRole: actor.role } as const)
}
