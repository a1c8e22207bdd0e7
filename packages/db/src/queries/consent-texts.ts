import { desc, eq } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { consentTexts } from '../schema/index.ts'

export interface ConsentText {
  version: number
  ko: string
  en: string
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

/** Stores a new version of an event's consent text. */
export async function insertConsentText(
  executor: Executor,
  { eventId, version, ko, en }: ConsentText & { eventId: string },
): Promise<void> {
  await executor.insert(consentTexts).values({ eventId, version, ko, en })
}
