import { updateEventRow } from '@eungmo/db/queries/events'
import { firstRules } from '@eungmo/draw/records'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { appendRecord, operatorKey } from '../rules-record/chain.ts'
import { rulesOf } from '../rules-record/rules-of-terms.ts'
import { sealNewSeed } from '../rules-record/seed-vault.ts'
import { presentEvent } from './present-event.ts'
import { storeConsent } from './read-consent.ts'
import { lockOwnEvent, ownEvent } from './require-own-event.ts'
import type { EventView } from './schema.ts'

/**
 * Publishes a draft: the first record of its chain says the rules and commits to every seed it will ever draw with. Throws CONFLICT
 * (event-published, event-cancelled), and VALIDATION_FAILED where the event would be over already.
 */
export async function publishEvent(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Member,
  { eventId, beacon }: { eventId: string; beacon?: 'none' | 'quicknet' | undefined },
): Promise<EventView> {
  return db.transaction(async (tx) => {
    const event = await lockOwnEvent(tx, viewer, eventId)
    if (event.status !== 'draft') {
      const reason = event.status === 'cancelled' ? 'event-cancelled' : 'event-published'
      throw new DomainError('CONFLICT', { reason })
    }
    if (event.endsAt <= event.now)
      throw new DomainError('VALIDATION_FAILED', { fields: [{ field: 'endsAt', code: 'date.past' }] })
    const terms = { ...event, beacon: beacon ?? event.beacon }
    const { fields, text } = rulesOf(terms, event.shopName)
    const seed = sealNewSeed(secrets, event.id)
    const record = firstRules(event.id, event.now, {
      ...fields,
      seedCommitment: seed.commitment,
      operatorKey: operatorKey(secrets, event.keyId),
    })
    await appendRecord(tx, secrets, event.keyId, record, { rulesText: text, entriesSoFar: 0 })
    await updateEventRow(tx, {
      eventId: event.id,
      changes: {
        status: 'published',
        publishedAt: new Date(record.at),
        beacon: terms.beacon,
        seedCiphertext: seed.ciphertext,
        rulesSeq: record.seq,
        consentVersion: await storeConsent(tx, event),
      },
    })
    return presentEvent(await ownEvent(tx, viewer, eventId))
  })
}
