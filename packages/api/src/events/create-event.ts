import { violatedConstraint } from '@eungmo/db/connection/statement-error'
import { insertChannels } from '@eungmo/db/queries/channels'
import { insertEvent, isSlugTaken } from '@eungmo/db/queries/events'
import { replacePrizes } from '@eungmo/db/queries/prizes'
import { createVisitToken } from '../channels/create-visit-token.ts'
import { draftChannels } from '../channels/draft-channels.ts'
import type { Member } from '../context.ts'
import { DEFAULT_CLAIM_DAYS } from '../deadlines/deadlines.ts'
import type { Dependencies } from '../dependencies.ts'
import { createSlug } from './create-slug.ts'
import { checkTerms, resolvePrizes, resolveVisitBonus } from './event-terms.ts'
import { presentEvent } from './present-event.ts'
import { requireOwnEvent } from './require-own-event.ts'
import type { CreateEventInput, EventView } from './schema.ts'

const MAX_SLUG_ATTEMPTS = 5

/** Creates a draft for the viewer's shop. Throws VALIDATION_FAILED for terms that contradict each other. */
export async function createEvent(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Member,
  input: CreateEventInput,
): Promise<EventView> {
  const id = Bun.randomUUIDv7()
  const terms = {
    title: input.title,
    startsAt: input.startsAt,
    endsAt: input.endsAt,
    announcementDate: input.announcementDate,
    ...resolvePrizes(input),
    alternateCount: input.alternateCount ?? 0,
    visitBonus: input.visitBonus == null ? undecidedBonus(input) : resolveVisitBonus(input.visitBonus),
    claimDays: input.claimDays ?? DEFAULT_CLAIM_DAYS,
    beacon: input.beacon ?? 'none',
    beaconDelay: input.beaconDelay ?? 30,
    sitOutMonths: input.sitOutMonths ?? 0,
    drawsAutomatically: input.drawsAutomatically ?? false,
  }
  checkTerms(terms)
  const channels = draftChannels(input.channels)
  const { prizes, ...columns } = terms
  const store = () =>
    db.transaction(async (tx) => {
      await insertEvent(tx, {
        id,
        shopId: viewer.shopId,
        slug: await createSlug(input.title, (slug) => isSlugTaken(tx, { slug })),
        story: input.story ?? '',
        asksMarketing: input.asksMarketing ?? false,
        startsAtPublication: input.startsAtPublication ?? false,
        ...columns,
        keyId: secrets.newest.id,
        visitToken: createVisitToken(),
      })
      await replacePrizes(tx, { eventId: id, prizes })
      await insertChannels(tx, { eventId: id, channels })
      return presentEvent(await requireOwnEvent(tx, viewer, id))
    })
  return withFreeSlug(store)
}

/** A bonus that was left out: the draw decides, unless it starts by itself. */
const undecidedBonus = ({ visitBonus, drawsAutomatically }: CreateEventInput): 0 | null =>
  visitBonus === undefined && drawsAutomatically ? 0 : null

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
