import { desc, eq } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { marketingTexts } from '../schema/index.ts'
import type { ConsentText } from './consent-texts.ts'

/** The newest text of an event's marketing box, or undefined where none was published. */
export async function findMarketingText(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<ConsentText | undefined> {
  const [row] = await executor
    .select({ version: marketingTexts.version, ko: marketingTexts.ko, en: marketingTexts.en })
    .from(marketingTexts)
    .where(eq(marketingTexts.eventId, eventId))
    .orderBy(desc(marketingTexts.version))
    .limit(1)
  return row
}

/** Stores a new version of the text of an event's marketing box. */
export async function insertMarketingText(
  executor: Executor,
  text: ConsentText & { eventId: string },
): Promise<void> {
  await executor.insert(marketingTexts).values(text)
}
