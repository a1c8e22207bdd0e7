import { eq, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { events, keyChecks, participants } from '../schema/index.ts'

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
