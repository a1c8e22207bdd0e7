import type { Executor } from '@eungmo/db/connection/client'
import { updateEventRow } from '@eungmo/db/queries/events'
import { firstRules } from '@eungmo/draw/records'
import type { Member } from '../context.ts'
import type { KeyRing, SecretKey } from '../crypto/key-ring.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { requireKey, UnsuitableKeysError } from '../key-checks/check-keys.ts'
import { appendRecord, operatorKey } from '../rules-record/chain.ts'
import { createEncryptedSeed } from '../rules-record/encrypted-seed.ts'
import { rulesOfTerms } from '../rules-record/rules-of-terms.ts'
import { presentEvent } from './present-event.ts'
import { startOfPublished } from './publication-start.ts'
import { lockOwnEvent, requireOwnEvent } from './require-own-event.ts'
import { requireDraft } from './require-unlocked.ts'
import type { EventView, PublishEventInput } from './schema.ts'
import { storeTexts } from './store-texts.ts'

/**
 * Publishes a draft: the first record of its chain holds the rules and commits to every seed that the event
 * will ever draw with, and the event takes the newest key for life. Where it starts at its publication, its
 * start is that moment. Throws CONFLICT (event-published,
 * event-cancelled), VALIDATION_FAILED where the event would already be over, and UNAVAILABLE where SECRET_KEYS
 * does not fit the database.
 */
export async function publishEvent(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Member,
  { eventId, beacon }: PublishEventInput,
): Promise<EventView> {
  return db.transaction(async (tx) => {
    const event = await lockOwnEvent(tx, viewer, eventId)
    requireDraft(event)
    if (event.endsAt <= event.now) throw invalidField('endsAt', 'date.past')
    const startsAt = startOfPublished(event, event.now)
    const terms = { ...event, startsAt, beacon: beacon ?? event.beacon }
    const { fields, text } = rulesOfTerms(terms, event.shopName)
    const { id: keyId } = await newestKey(tx, secrets)
    const seed = createEncryptedSeed(secrets, event.id)
    const record = firstRules(event.id, event.now, {
      ...fields,
      seedCommitment: seed.commitment,
      operatorKey: operatorKey(secrets, keyId),
    })
    await appendRecord(tx, secrets, keyId, [], record, { rulesText: text, entriesSoFar: 0 })
    await updateEventRow(tx, {
      eventId: event.id,
      changes: {
        status: 'published',
        publishedAt: new Date(record.at),
        startsAt,
        startsAtPublication: false,
        beacon: terms.beacon,
        keyId,
        seedCiphertext: seed.ciphertext,
        rulesSeq: record.seq,
        ...(await storeTexts(tx, event)),
      },
    })
    return presentEvent(await requireOwnEvent(tx, viewer, eventId))
  })
}

/** The key of the event for life. Throws UNAVAILABLE where the database was written with another of its name. */
async function newestKey(tx: Executor, { newest }: KeyRing): Promise<SecretKey> {
  try {
    await requireKey(tx, newest)
    return newest
  } catch (cause) {
    if (!(cause instanceof UnsuitableKeysError)) throw cause
    throw new DomainError('UNAVAILABLE', { retryAfter: 60 }, { cause })
  }
}
