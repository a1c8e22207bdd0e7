import { createHash } from 'node:crypto'
import { violatedConstraint } from '@eungmo/db/connection/statement-error'
import { setChannelArchived } from '@eungmo/db/queries/channels'
import { copyPicture } from '@eungmo/db/queries/event-pictures'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { RESERVED_CODES } from '../channels/channel-defaults.ts'
import { draftChannels } from '../channels/draft-channels.ts'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { invalidField } from '../errors/domain-error.ts'
import { isInstant } from '../validation/fields.ts'
import { datesOfCopy } from './dates-of-copy.ts'
import { presentEvent } from './present-event.ts'
import { requireOwnEvent } from './require-own-event.ts'
import type { DuplicateEventInput, EventView } from './schema.ts'
import { storeDraft } from './store-draft.ts'

/**
 * Creates a draft like an event of the viewer's shop, in whatever phase that is: its title, story, prizes, settings,
 * picture and entry paths, which keep their codes, without archived ones (매장 방문 stays archived). It starts at its publication, with moved
 * dates, and has an address and a visit token of its own. Nothing personal is copied. The same submission id returns
 * the same draft again. Throws NOT_FOUND, and VALIDATION_FAILED where the dates would lie after the year 9999.
 */
export async function duplicateEvent(
  dependencies: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Member,
  { eventId, submissionId }: DuplicateEventInput,
): Promise<EventView> {
  const { db } = dependencies
  const source = await requireOwnEvent(db, viewer, eventId)
  const id = submissionId === undefined ? Bun.randomUUIDv7() : copyId(source, submissionId)
  const terms = { ...termsOf(source), ...datesOfCopy(source, source.now), startsAtPublication: true }
  if (!isInstant(terms.announcementDate)) throw invalidField('announcementDate', 'date.invalid')
  try {
    return await storeDraft(dependencies, viewer, { id, terms, channels: channelsOf(source) }, async (tx) => {
      await copyPicture(tx, { fromEventId: source.id, toEventId: id })
      const archivedStore = source.channels.find(({ kind, archived }) => kind === 'store' && archived)
      if (archivedStore) await setChannelArchived(tx, { ...archivedStore, eventId: id })
    })
  } catch (error) {
    if (violatedConstraint(error) !== 'events_pkey') throw error
    return presentEvent(await requireOwnEvent(db, viewer, id))
  }
}

/** A UUID (version 8) that is the same for the same submission id and event only. */
function copyId({ id }: EventWithParts, submissionId: string): string {
  const hash = createHash('sha256').update(`copy of event ${id} by ${submissionId}`).digest('hex')
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-')
}

/** What a copy has in common with its source, by name: a new column is no part of copies until it is added here. */
const termsOf = (source: EventWithParts) => ({
  title: source.title,
  story: source.story,
  winnerCount: source.winnerCount,
  alternateCount: source.alternateCount,
  prizes: source.prizes,
  visitBonus: source.visitBonus,
  claimDays: source.claimDays,
  beacon: source.beacon,
  beaconDelay: source.beaconDelay,
  sitOutMonths: source.sitOutMonths,
  drawsAutomatically: source.drawsAutomatically,
  asksMarketing: source.asksMarketing,
})

/** A code that was reserved after the event got it is derived again from the name. */
const channelsOf = ({ channels }: EventWithParts) =>
  draftChannels(
    channels
      .filter(({ kind, archived }) => kind === 'link' && !archived)
      .map(({ entryPath, code }) => ({ entryPath, ...(!RESERVED_CODES.includes(code) && { code }) })),
  )
