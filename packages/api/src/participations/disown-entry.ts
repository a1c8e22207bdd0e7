import type { EventWithParts } from '@eungmo/db/queries/events'
import { type EntryRow, findEntry } from '@eungmo/db/queries/participants'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { recordOwnAccess } from '../personal-data/own-data.ts'
import type { DisownedView, DisownInput } from './forgotten-number-schema.ts'
import { readEntryProof } from './own-entry-proof.ts'
import { requirePublished } from './require-published.ts'
import { type Withdrawn, withdrawParticipation } from './withdraw-entry.ts'

type DisownDependencies = Pick<Dependencies, 'db' | 'secrets' | 'notifier' | 'log' | 'destructionJournal'>

/** What the link in a message with an application number leads to. Throws as `disownEntry` does. */
export async function readDisowned(
  dependencies: DisownDependencies,
  input: DisownInput,
): Promise<DisownedView> {
  const { event, entry } = await followMessage(dependencies, input)
  return { isWithdrawn: entry.applicationNumber === null, mayEnterAgain: event.phase === 'open' }
}

/**
 * Withdraws the entry that another person made with the phone number of who holds this link, as `withdrawEntry` does:
 * the message that it came in went to the phone itself, which proves more than number and application number do. A
 * second call does nothing. Throws NOT_FOUND where the link leads to nobody, VALIDATION_FAILED for one that is older
 * than a day or not ours, and UNAVAILABLE where the access log cannot be written.
 */
export async function disownEntry(dependencies: DisownDependencies, input: DisownInput): Promise<Withdrawn> {
  const { event, entry } = await followMessage(dependencies, input)
  const ids = { eventId: event.id, participantId: entry.id }
  const isStored = entry.applicationNumber !== null
  if (isStored)
    await recordOwnAccess(dependencies.db, { shopId: event.shopId, ...ids, action: 'disown-entry' })
  const isDestroyed =
    isStored && (await withdrawParticipation(dependencies, { ...ids, hasSecondProof: true }))
  return { entryId: entry.entryId, alreadyWithdrawn: !isDestroyed, mayEnterAgain: event.phase === 'open' }
}

async function followMessage(
  dependencies: DisownDependencies,
  { eventId, link }: DisownInput,
): Promise<{ event: EventWithParts; entry: EntryRow }> {
  const event = await requirePublished(dependencies, eventId)
  const ids = { eventId: event.id, now: event.now }
  const participantId = readEntryProof(dependencies.secrets, 'phone-holder', { ...ids, proof: link })
  const entry = await findEntry(dependencies.db, { eventId: event.id, participantId })
  if (!entry) throw new DomainError('NOT_FOUND')
  return { event, entry }
}
