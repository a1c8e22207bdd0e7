import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Executor } from '@eungmo/db/connection/client'
import { type AccessAction, insertAccess } from '@eungmo/db/queries/access-log'
import type { Actor, Operator, Schedule } from '../context.ts'
import type { KeyRing } from '../crypto/key-ring.ts'
import { DomainError } from '../errors/domain-error.ts'

const RETRY_AFTER_S = 5
const RESUMABLE_FOR_MS = 60_000

/** The error where a line of the access log cannot be written. */
export const accessUnavailable = (cause: unknown): DomainError =>
  new DomainError('UNAVAILABLE', { retryAfter: RETRY_AFTER_S }, { cause })

/** What an actor does, for the access log. */
export interface Access<A extends Actor | Operator | Schedule = Actor | Operator> {
  actor: A
  action: AccessAction
  eventId?: string
  /** The participant, API key, member or invitation that it is about. */
  subjectId?: string
  /** How many entrants' data it gives access to; of a search in parts, the most it may show. Defaults to 0. */
  people?: number
  /** Why data is exported. */
  purpose?: string
}

const recorded = new WeakSet<object>()

/**
 * An access that stands in the log: what `showPeople` demands. Only `recordAccess` and `resumeSearch` create
 * one.
 */
export type RecordedAccess<A extends Actor | Operator | Schedule = Actor | Operator> = Access<A> & {
  readonly isRecorded: true
}

/**
 * Appends an access to the log: before the data leaves, or in the transaction of the action. Throws UNAVAILABLE
 * where the line cannot be written; the caller must then neither show nor change anything.
 */
export async function recordAccess<A extends Actor | Operator | Schedule>(
  executor: Executor,
  access: Access<A>,
): Promise<RecordedAccess<A>> {
  const { actor, action, eventId, subjectId, people = 0, purpose } = access
  try {
    await insertAccess(executor, {
      id: Bun.randomUUIDv7(),
      shopId: actor.shopId,
      ...columnsOf(actor),
      clientAddress: actor.via === 'schedule' ? '' : actor.clientAddress,
      action,
      eventId: eventId ?? null,
      subjectId: subjectId ?? null,
      people,
      purpose: purpose ?? null,
    })
  } catch (cause) {
    throw accessUnavailable(cause)
  }
  return asRecorded(access)
}

function asRecorded<A extends Actor | Operator | Schedule>(access: Access<A>): RecordedAccess<A> {
  const line: RecordedAccess<A> = { ...access, isRecorded: true }
  recorded.add(line)
  return line
}

/** How far a search was read whose line stands in the log. */
export interface SearchPlace {
  /** The last participant that was compared. */
  last: string
  /** How many people it may still show: its line names them. */
  remaining: number
}

/**
 * A cursor with which the same actor continues the same search, words and filter, without a line of its own, for a minute: a search in
 * a large event is sent in parts.
 */
export function toSearchCursor(
  secrets: KeyRing,
  access: Access,
  search: string,
  { last, remaining }: SearchPlace,
): string {
  const place = `${last}.${remaining}.${Date.now() + RESUMABLE_FOR_MS}`
  return `${place}.${macOfSearch(secrets, access, search, place).toString('base64url')}`
}

/** What a cursor of `toSearchCursor` continues; null for any other one, and for another actor or search. */
export function resumeSearch(
  secrets: KeyRing,
  access: Access,
  search: string,
  cursor: string,
): { access: RecordedAccess; remaining: number } | null {
  const [last = '', remaining = '', until = '', mac = ''] = cursor.split('.')
  const expected = macOfSearch(secrets, access, search, `${last}.${remaining}.${until}`)
  const actual = Buffer.from(mac, 'base64url')
  const isOurs = actual.length === expected.length && timingSafeEqual(actual, expected)
  if (!isOurs || Number(until) < Date.now()) return null
  return { access: asRecorded(access), remaining: Number(remaining) }
}

function macOfSearch(secrets: KeyRing, { actor, eventId }: Access, search: string, place: string): Buffer {
  const { actorKind, actorId } = columnsOf(actor)
  const text = JSON.stringify([actor.shopId, actorKind, actorId, eventId, search, place])
  return createHmac('sha256', secrets.newest.derive('link')).update(`search\0${text}`).digest()
}

/** Whether an access was recorded by this process: a copy or an imitation was not. */
export const wasRecorded = (access: RecordedAccess<Actor | Operator | Schedule>): boolean =>
  recorded.has(access)

function columnsOf(actor: Actor | Operator | Schedule) {
  if (actor.via === 'schedule') return { actorKind: 'schedule', actorId: null, actorRole: null } as const
  if (actor.via === 'command') return { actorKind: 'operator', actorId: null, actorRole: null } as const
  return actor.via === 'api-key'
    ? ({ actorKind: 'api-key', actorId: actor.apiKeyId, actorRole: null } as const)
    : ({ actorKind: 'user', actorId: actor.userId, actorRole: actor.role } as const)
}
