import { draftChannels } from '../channels/draft-channels.ts'
import type { Member } from '../context.ts'
import { DEFAULT_CLAIM_DAYS } from '../deadlines/deadlines.ts'
import type { Dependencies } from '../dependencies.ts'
import { checkTerms, resolvePrizes, resolveVisitBonus } from './event-terms.ts'
import type { CreateEventInput, EventView } from './schema.ts'
import { storeDraft } from './store-draft.ts'

/** Creates a draft for the viewer's shop. Throws VALIDATION_FAILED for terms that contradict each other. */
export async function createEvent(
  dependencies: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Member,
  input: CreateEventInput,
): Promise<EventView> {
  const terms = {
    title: input.title,
    story: input.story ?? '',
    startsAt: input.startsAt,
    startsAtPublication: input.startsAtPublication ?? false,
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
    asksMarketing: input.asksMarketing ?? false,
  }
  checkTerms(terms)
  const channels = draftChannels(input.channels)
  return storeDraft(dependencies, viewer, { id: Bun.randomUUIDv7(), terms, channels })
}

/** A bonus that was left out: the draw decides, unless it starts by itself. */
const undecidedBonus = ({ visitBonus, drawsAutomatically }: CreateEventInput): 0 | null =>
  visitBonus === undefined && drawsAutomatically ? 0 : null
