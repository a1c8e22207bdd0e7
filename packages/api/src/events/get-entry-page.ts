import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { linkedChannel } from './linked-channel.ts'
import type { EntryPageView } from './page-schema.ts'
import { presentEntryPage, type SharedEntryPage } from './read-entry-page.ts'
import { requireOwnEventPage } from './require-own-event.ts'
import type { EntryPageInput } from './schema.ts'

/**
 * Everything the entry page needs, the same for every visitor with the same link. With an unknown `via`, or
 * 매장 방문 without its token, the customer chooses a path. Throws NOT_FOUND for an event that was never
 * published.
 */
export async function getEntryPage(
  { publicReads }: Pick<Dependencies, 'publicReads'>,
  link: EntryPageInput,
): Promise<EntryPageView> {
  const page = await publicReads.entryPage(link.slug)
  return { ...page.view, ...chosenPath(page, link) }
}

/** The entry page of an event of the viewer's shop, also before it is published. */
export async function getEntryPagePreview(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  eventId: string,
): Promise<EntryPageView> {
  const row = await requireOwnEventPage(db, viewer, eventId)
  return { ...presentEntryPage(row).view, chosenEntryPath: null, visit: false }
}

function chosenPath(page: SharedEntryPage, link: EntryPageInput) {
  const linked = linkedChannel(page, link)
  return { chosenEntryPath: linked?.channel.entryPath ?? null, visit: linked?.visit ?? false }
}
