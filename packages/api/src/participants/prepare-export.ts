import type { EventWithParts } from '@eungmo/db/queries/events'
import type { Context } from '../context.ts'
import { DomainError } from '../errors/domain-error.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import type { Locale } from '../locale.ts'

/** The event to export, and the file's name. Throws UNAUTHENTICATED, FORBIDDEN and NOT_FOUND. */
export async function prepareExport(
  { dependencies, viewer, locale }: Context,
  eventId: string,
  subject: Record<Locale, string>,
): Promise<{ event: EventWithParts; fileName: string }> {
  if (viewer.kind !== 'member') throw new DomainError('UNAUTHENTICATED')
  if (viewer.role !== 'owner') throw new DomainError('FORBIDDEN')
  const event = await requireOwnEvent(dependencies.db, viewer, eventId)
  const title = event.title
    .replace(/[\p{Cc}\\/:*?"<>|]/gu, ' ')
    .trim()
    .slice(0, 60)
  return { event, fileName: `${title} ${subject[locale]}.csv` }
}
