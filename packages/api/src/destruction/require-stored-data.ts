import type { Executor } from '@eungmo/db/connection/client'
import { listPromises } from '@eungmo/db/queries/consent-texts'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { type Deadlines, deadlines, holderClaimUntil } from '../deadlines/deadlines.ts'
import { DomainError } from '../errors/domain-error.ts'

/** The dates of an event, as the texts that somebody may have entered under promise them. */
export const readDeadlines = async (executor: Executor, event: EventWithParts): Promise<Deadlines> =>
  deadlines({ ...event, texts: await listPromises(executor, { eventId: event.id }) })

/** Until when the holder of a slot can claim the prize, as a function of when the slot was taken. */
export async function readHolderDeadline(
  executor: Executor,
  event: EventWithParts,
): Promise<(selectedAt: Date) => Date> {
  const texts = await listPromises(executor, { eventId: event.id })
  return (selectedAt) => holderClaimUntil({ ...event, texts }, selectedAt)
}

/**
 * Throws DATA_DESTROYED once the personal data of an event's winners, or of those who did not win, is destroyed,
 * due, or about to be destroyed on the owner's request: a draw needs the others, moving alternates up needs the winners alone.
 */
export async function requireStoredData(
  executor: Executor,
  event: EventWithParts,
  whose: 'others' | 'winners',
): Promise<void> {
  const { othersUntil, winnersUntil } = await readDeadlines(executor, event)
  const until = whose === 'others' ? othersUntil : winnersUntil
  const endedAt = event.destroyedAt ?? event.destructionRequestedAt
  if (endedAt === null && event.now < until) return
  const destroyedAt = endedAt ?? until
  throw new DomainError('DATA_DESTROYED', { destroyedAt: destroyedAt.toISOString() })
}
