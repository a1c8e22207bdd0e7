import { and, eq, isNull, ne, notExists, sql } from 'drizzle-orm'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import { consentTexts, events, keyChecks, participants } from '../schema/index.ts'

export type KeyCheckRow = typeof keyChecks.$inferSelect

/** The check values of all keys that stored data was written with. */
export function listKeyChecks(executor: Executor): Promise<KeyCheckRow[]> {
  return executor.select().from(keyChecks)
}

/** Stores a key's check value unless the key has one. Returns whether it had none. */
export async function insertKeyCheck(
  executor: Executor,
  { keyId, value }: Pick<KeyCheckRow, 'keyId' | 'value'>,
): Promise<boolean> {
  const rows = await executor
    .insert(keyChecks)
    .values({ keyId, value })
    .onConflictDoNothing()
    .returning({ keyId: keyChecks.keyId })
  return rows.length > 0
}

/** Notes that a key is in use again, so that it may not be missing. */
export async function unretireKey(executor: Executor, { keyId }: { keyId: string }): Promise<void> {
  await executor.update(keyChecks).set({ retiredAt: null }).where(eq(keyChecks.keyId, keyId))
}

const usesItsKey = and(ne(events.status, 'draft'), isNull(events.destroyedAt))

/** Events that still need their key: it signs their records, and finds who has entered. */
export interface EventsOfKey {
  keyId: string
  count: number
  /** When the personal data of the last one is destroyed, at the latest; null where no text names a date. */
  until: Date | null
}

/** The published events with personal data, by key. */
export async function listEventsByKey(executor: Executor): Promise<EventsOfKey[]> {
  const until = sql<Date | null>`max((
    select max(${consentTexts.winnersUntil}) from ${consentTexts} where ${consentTexts.eventId} = ${events.id}
  ))`.mapWith(consentTexts.winnersUntil)
  return executor
    .select({ keyId: events.keyId, count: sql<number>`count(*)::int`, until })
    .from(events)
    .where(usesItsKey)
    .groupBy(events.keyId)
}

/** Notes that no stored data needs these keys, unless an event does. Returns the ids of those it retired. */
export async function retireKeys(
  executor: Executor,
  { keyIds }: { keyIds: readonly string[] },
): Promise<string[]> {
  const ofKey = executor
    .select({ id: events.id })
    .from(events)
    .where(and(usesItsKey, eq(events.keyId, keyChecks.keyId)))
  const rows = await executor
    .update(keyChecks)
    .set({ retiredAt: sql`now()` })
    .where(
      and(
        sql`${keyChecks.keyId} = any(${arrayLiteral(keyIds)}::text[])`,
        isNull(keyChecks.retiredAt),
        notExists(ofKey),
      ),
    )
    .returning({ keyId: keyChecks.keyId })
  return rows.map(({ keyId }) => keyId)
}

/** The ids of the keys that events use for their indexes and signatures. */
export async function listEventKeyIds(executor: Executor): Promise<string[]> {
  const rows = await executor.selectDistinct({ keyId: events.keyId }).from(events)
  return rows.map(({ keyId }) => keyId)
}

/** An envelope, and the row that it is bound to. */
export type StoredEnvelope =
  | { purpose: 'seed'; eventId: string; envelope: Uint8Array }
  | { purpose: 'phone'; eventId: string; participantId: string; envelope: Uint8Array }

/**
 * One envelope that names this key: a seed of an event, else a participant's phone number. Reads every
 * participant where there is none.
 */
export async function findEnvelopeOfKey(
  executor: Executor,
  { keyId }: { keyId: string },
): Promise<StoredEnvelope | undefined> {
  // After the version: the length of the id, and the id.
  const head = Buffer.concat([Buffer.from([keyId.length]), Buffer.from(keyId, 'latin1')])
  const bearsKey = (column: typeof events.seedCiphertext | typeof participants.phoneNumber) =>
    sql`substring(${column} from 2 for ${head.length}::int) = ${head}`
  const [seed] = await executor
    .select({ eventId: events.id, envelope: events.seedCiphertext })
    .from(events)
    .where(bearsKey(events.seedCiphertext))
    .limit(1)
  if (seed?.envelope) return { purpose: 'seed', eventId: seed.eventId, envelope: seed.envelope }
  const [phone] = await executor
    .select({
      eventId: participants.eventId,
      participantId: participants.id,
      envelope: participants.phoneNumber,
    })
    .from(participants)
    .where(bearsKey(participants.phoneNumber))
    .limit(1)
  return phone?.envelope ? { purpose: 'phone', ...phone, envelope: phone.envelope } : undefined
}
