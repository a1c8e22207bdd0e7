import { randomBytes } from 'node:crypto'
import { insertChannels } from '@eungmo/db/queries/channels'
import { insertEvent, isSlugTaken } from '@eungmo/db/queries/events'
import { replacePrizes } from '@eungmo/db/queries/prizes'
import { eventChannels } from '../channels/draft-channels.ts'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { makeSlug } from './create-slug.ts'
import type { CreateEventInput } from './event-inputs.ts'
import { agreePrizes, agreeVisitBonus, checkTerms } from './event-terms.ts'
import { presentEvent } from './present-event.ts'
import { ownEvent } from './require-own-event.ts'
import type { EventView } from './schema.ts'

/** Makes a draft of the viewer's shop. Throws VALIDATION_FAILED for terms that do not go together. */
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
    ...agreePrizes(input),
    alternateCount: input.alternateCount ?? 0,
    visitBonus: agreeVisitBonus(input.visitBonus ?? 0),
    beacon: input.beacon ?? 'none',
    beaconDelay: input.beaconDelay ?? 30,
  }
  checkTerms(terms)
  const channels = eventChannels(input.channels)
  const { prizes, ...columns } = terms
  return db.transaction(async (tx) => {
    await insertEvent(tx, {
      id,
      shopId: viewer.shopId,
      slug: await makeSlug(input.title, (slug) => isSlugTaken(tx, { slug })),
      story: input.story ?? '',
      ...columns,
      keyId: secrets.newest.id,
      visitToken: randomBytes(16).toString('base64url'),
    })
    await replacePrizes(tx, { eventId: id, prizes })
    await insertChannels(tx, { eventId: id, channels })
    return presentEvent(await ownEvent(tx, viewer, id))
  })
}
