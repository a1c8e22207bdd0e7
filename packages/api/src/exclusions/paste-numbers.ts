import type { EventWithParts } from '@eungmo/db/queries/events'
import {
  countByPhone,
  type EntriesByPhone,
  excludePasted,
  passEventGate,
} from '@eungmo/db/queries/exclusions'
import type { Actor } from '../context.ts'
import { phoneIndex } from '../crypto/keyed-hashes.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { excludedBy } from './exclude.ts'
import { type ReadNumbers, readNumbers } from './read-numbers.ts'
import { toReasonCode } from './reasons.ts'
import { requireOpenList } from './require-open-list.ts'
import type { PasteInput, PastePreview, PasteResult } from './schema.ts'

type PasteDependencies = Pick<Dependencies, 'db' | 'secrets'>

/**
 * How many entries pasted phone numbers would exclude: one search in the access log. Throws NOT_FOUND, CONFLICT once
 * the event is locked or cancelled, VALIDATION_FAILED for too many numbers, and UNAVAILABLE.
 */
export async function previewPaste(
  { db, secrets }: PasteDependencies,
  viewer: Actor,
  { eventId, numbers }: PasteInput,
): Promise<PastePreview> {
  const event = await requireOwnEvent(db, viewer, eventId)
  requireOpenList(event.status)
  const read = readNumbers(numbers)
  const counts = await countByPhone(db, entriesOf(secrets, event, read))
  await recordAccess(db, {
    actor: viewer,
    action: 'search-participants',
    eventId: event.id,
    people: counts.eligible + counts.excluded,
  })
  return {
    found: counts.eligible,
    alreadyExcluded: counts.excluded,
    notEntered: read.numbers.length - counts.eligible - counts.excluded,
    unreadableLines: read.unreadableLines,
  }
}

/**
 * Excludes the entries with pasted phone numbers as those of the shop's staff. Neither the numbers nor anything
 * derived from them is stored, so an entry that comes later takes part. Throws as `previewPaste` does.
 */
export async function pasteNumbers(
  { db, secrets }: PasteDependencies,
  viewer: Actor,
  { eventId, numbers }: PasteInput,
): Promise<PasteResult> {
  const event = await requireOwnEvent(db, viewer, eventId)
  const read = readNumbers(numbers)
  const entries = entriesOf(secrets, event, read)
  return db.transaction(async (tx) => {
    const status = await passEventGate(tx, { eventId: event.id })
    requireOpenList(status)
    const before = await countByPhone(tx, entries)
    const excluded = await excludePasted(tx, {
      ...entries,
      reason: toReasonCode('staff'),
      excludedBy: excludedBy(viewer),
      pasteId: Bun.randomUUIDv7(),
    })
    await recordAccess(tx, {
      actor: viewer,
      action: 'exclude-pasted',
      eventId: event.id,
      people: excluded,
      purpose: 'staff',
    })
    const found = before.eligible + before.excluded
    return {
      excluded,
      alreadyExcluded: found - excluded,
      notEntered: read.numbers.length - found,
      unreadableLines: read.unreadableLines,
    }
  })
}

const entriesOf = (
  secrets: PasteDependencies['secrets'],
  event: EventWithParts,
  { numbers }: ReadNumbers,
): EntriesByPhone => {
  const key = secrets.indexKey(event.keyId)
  return { eventId: event.id, phoneIndexes: numbers.map((e164) => phoneIndex(key, event.id, e164)) }
}
