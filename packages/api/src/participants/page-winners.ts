import type { Executor } from '@eungmo/db/connection/client'
import { listSlotHolders, type SlotHolder } from '@eungmo/db/queries/slot-holders'

const PAGE_SIZE = 200

/** The current winners of an event, by slot, in pages of 200; of the slots `first` to `last`, by default of all. */
export async function* pageWinners(
  db: Executor,
  { eventId, first = 1, last: upTo }: { eventId: string; first?: number; last?: number },
): AsyncGenerator<SlotHolder[]> {
  let after: number | undefined = first - 1
  do {
    const page: SlotHolder[] = await listSlotHolders(db, {
      eventId,
      standing: 'selected',
      after,
      upTo,
      limit: PAGE_SIZE,
    })
    if (page.length > 0) yield page
    after = page.length === PAGE_SIZE ? page.at(-1)?.slot : undefined
  } while (after !== undefined)
}
