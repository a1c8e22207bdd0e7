import { listPromises } from '@eungmo/db/queries/consent-texts'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { presentRules } from '../rules-record/present-rules.ts'
import type { OwnerEventView } from './page-schema.ts'
import { presentConsent } from './present-consent.ts'
import { presentEvent } from './present-event.ts'
import { presentLatestDraw } from './present-latest-draw.ts'
import { presentUndrawn } from './present-undrawn.ts'
import { requireOwnEventPage } from './require-own-event.ts'

/** An event of the viewer's shop, with what only the shop sees. */
export async function getOwnerEvent(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  eventId: string,
): Promise<OwnerEventView> {
  const page = await requireOwnEventPage(db, viewer, eventId)
  const { event } = page
  return {
    ...presentEvent(event),
    createdAt: event.createdAt.toISOString(),
    publishedAt: event.publishedAt?.toISOString() ?? null,
    picture: page.picture,
    rules: presentRules(page),
    latestDraw: presentLatestDraw(page.latestDraw),
    consent: presentConsent(page),
    undrawn: presentUndrawn(event, await listPromises(db, { eventId: event.id })),
    now: event.now.toISOString(),
  }
}
