import type { Database, Executor } from '@eungmo/db/connection/client'
import { violatedConstraint } from '@eungmo/db/connection/statement-error'
import { insertChannels } from '@eungmo/db/queries/channels'
import { insertEvent, isSlugTaken, type NewEvent } from '@eungmo/db/queries/events'
import { replacePrizes } from '@eungmo/db/queries/prizes'
import { createVisitToken } from '../channels/create-visit-token.ts'
import type { ChannelDraft } from '../channels/draft-channels.ts'
import type { Member } from '../context.ts'
import type { KeyRing } from '../crypto/key-ring.ts'
import { createSlug } from './create-slug.ts'
import type { EventTerms } from './event-terms.ts'
import { presentEvent } from './present-event.ts'
import { requireOwnEvent } from './require-own-event.ts'
import type { EventView } from './schema.ts'

const MAX_SLUG_ATTEMPTS = 5

interface Draft {
  id: string
  terms: EventTerms & Pick<NewEvent, 'story' | 'asksMarketing' | 'startsAtPublication'>
  channels: readonly ChannelDraft[]
}

/**
 * Stores a draft of the viewer's shop with a free slug and a visit token of its own. Rejects with a unique violation of
 * `events_pkey` where its id is taken.
 * @param storeMore stores what else belongs to it, in the same transaction
 */
export async function storeDraft(
  { db, secrets }: { db: Database; secrets: KeyRing },
  viewer: Member,
  { id, terms: { prizes, ...columns }, channels }: Draft,
  storeMore: (tx: Executor) => Promise<void> = async () => undefined,
): Promise<EventView> {
  const store = () =>
    db.transaction(async (tx) => {
      await insertEvent(tx, {
        id,
        shopId: viewer.shopId,
        slug: await createSlug(columns.title, (slug) => isSlugTaken(tx, { slug })),
        ...columns,
        keyId: secrets.newest.id,
        visitToken: createVisitToken(),
      })
      await replacePrizes(tx, { eventId: id, prizes })
      await insertChannels(tx, { eventId: id, channels })
      await storeMore(tx)
      return presentEvent(await requireOwnEvent(tx, viewer, id))
    })
  return withFreeSlug(store)
}

/** Another event of the same title may take the slug between the look-up and the insert: then it is looked up again. */
async function withFreeSlug<T>(store: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store()
    } catch (error) {
      if (violatedConstraint(error) !== 'events_slug_unique' || attempt === MAX_SLUG_ATTEMPTS) throw error
    }
  }
}
