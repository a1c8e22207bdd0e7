import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import { consentTexts } from '../schema/index.ts'

export interface ConsentText {
  version: number
  ko: string
  en: string
}

/** Until when a consent text promises to store personal data. */
export interface StoredPromise {
  /** Of those who do not win. */
  othersUntil: Date
  /** Of winners and waiting alternates. */
  winnersUntil: Date
}

/** The newest consent text of an event, or undefined before its publication. */
export async function findConsentText(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<ConsentText | undefined> {
  const [row] = await executor
    .select({ version: consentTexts.version, ko: consentTexts.ko, en: consentTexts.en })
    .from(consentTexts)
    .where(eq(consentTexts.eventId, eventId))
    .orderBy(desc(consentTexts.version))
    .limit(1)
  return row
}

/** The dates of the texts that somebody may have entered under, oldest version first. */
export const listPromises = async (
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<(StoredPromise & { version: number })[]> =>
  (await listPromisesOf(executor, { eventIds: [eventId] })).get(eventId) ?? []

/** As listPromises, of several events; an event without such a text is left out. */
export async function listPromisesOf(
  executor: Executor,
  { eventIds }: { eventIds: readonly string[] },
): Promise<Map<string, (StoredPromise & { version: number })[]>> {
  const { eventId, version, othersUntil, winnersUntil } = consentTexts
  const rows = await executor
    .select({ eventId, version, othersUntil, winnersUntil })
    .from(consentTexts)
    .where(and(sql`${eventId} = any(${arrayLiteral(eventIds)}::uuid[])`, isNotNull(othersUntil)))
    .orderBy(asc(version))
  const promises = rows.flatMap((row) =>
    row.othersUntil && row.winnersUntil
      ? [{ ...row, othersUntil: row.othersUntil, winnersUntil: row.winnersUntil }]
      : [],
  )
  const texts = Map.groupBy(promises, (row) => row.eventId)
  return new Map([...texts].map(([id, of]) => [id, of.map(({ eventId: _, ...promise }) => promise)]))
}

/** Stores a new version of an event's consent text. */
export async function insertConsentText(
  executor: Executor,
  text: ConsentText & StoredPromise & { eventId: string },
): Promise<void> {
  await executor.insert(consentTexts).values(text)
}

/** Notes that nobody entered under the texts so far: their dates bind nobody. */
export async function releasePromises(executor: Executor, { eventId }: { eventId: string }): Promise<void> {
  await executor
    .update(consentTexts)
    .set({ othersUntil: null, winnersUntil: null })
    .where(eq(consentTexts.eventId, eventId))
}
