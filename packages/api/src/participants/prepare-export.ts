import type { EventWithParts } from '@eungmo/db/queries/events'
import type { Context, Locale } from '../context.ts'
import { DomainError } from '../errors/domain-error.ts'
import { ownEvent } from '../events/require-own-event.ts'

/** The event that an owner exports, and the file's name. Throws UNAUTHENTICATED, FORBIDDEN and NOT_FOUND. */
export async function exportOf(
  { dependencies, viewer, locale }: Context,
  eventId: string,
  subject: Record<Locale, string>,
): Promise<{ event: EventWithParts; fileName: string }> {
  if (viewer.kind !== 'member') throw new DomainError('UNAUTHENTICATED')
  if (viewer.role !== 'owner') throw new DomainError('FORBIDDEN')
  const event = await ownEvent(dependencies.db, viewer, eventId)
  const title = event.title
    .replace(/[\p{Cc}\\/:*?"<>|]/gu, ' ')
    .trim()
    .slice(0, 60)
  return { event, fileName: `${title} ${subject[locale]}.csv` }
}
