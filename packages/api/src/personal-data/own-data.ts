import type { Executor } from '@eungmo/db/connection/client'
import { insertAccess } from '@eungmo/db/queries/access-log'
import type { KeyRing } from '../crypto/key-ring.ts'
import { openName, openPhone } from '../crypto/open-personal-envelopes.ts'
import { displayPhone } from '../validation/phone.ts'
import type { Person, SealedPerson } from './read-people.ts'
import { accessUnavailable } from './record-access.ts'

/** What an entrant does with their own data. */
export interface OwnAccess {
  shopId: string
  eventId: string
  participantId: string
  action:
    | 'read-own-data'
    | 'correct-own-name'
    | 'withdraw-own-marketing'
    | 'read-own-claim'
    | 'confirm-own-claim'
    | 'decline-own-prize'
    | 'disown-entry'
}

/**
 * Appends what an entrant does to the access log, without their address: the log stays for two years, and holds
 * opaque ids of entrants only. Throws UNAVAILABLE where the line cannot be written; the caller must then neither
 * show nor change anything.
 */
export async function recordOwnAccess(
  executor: Executor,
  { shopId, eventId, participantId, action }: OwnAccess,
): Promise<void> {
  try {
    await insertAccess(executor, {
      id: Bun.randomUUIDv7(),
      shopId,
      actorKind: 'entrant',
      actorId: participantId,
      actorRole: null,
      clientAddress: '',
      action,
      eventId,
      subjectId: participantId,
      people: 1,
      purpose: null,
    })
  } catch (cause) {
    throw accessUnavailable(cause)
  }
}

/**
 * The whole name and number of an entrant, for the entrant. Writes the access log first. Throws UNAVAILABLE where
 * that cannot be written.
 */
export async function readOwnData(
  { db, secrets }: { db: Executor; secrets: KeyRing },
  { shopId, person }: { shopId: string; person: SealedPerson },
): Promise<Person> {
  const { eventId, participantId, name, phoneNumber } = person
  await recordOwnAccess(db, { shopId, eventId, participantId, action: 'read-own-data' })
  return {
    name: name && openName(secrets, person, name),
    phoneNumber: phoneNumber && displayPhone(openPhone(secrets, person, phoneNumber).e164),
  }
}
