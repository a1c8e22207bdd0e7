import { updateEventRow } from '@eungmo/db/queries/events'
import { listPublishedEventIds, updateShop } from '@eungmo/db/queries/shop-details'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { lockOwnEvent } from '../events/require-own-event.ts'
import { storeTexts } from '../events/store-texts.ts'
import type { RenameInput } from './schema.ts'

/**
 * Renames the viewer's shop. The consent text of every published event names the shop as the controller, so
 * each gets a new version.
 */
export async function renameShop(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  { name }: RenameInput,
): Promise<void> {
  const { shopId } = viewer
  await db.transaction(async (tx) => {
    await updateShop(tx, { shopId, changes: { name } })
    for (const eventId of await listPublishedEventIds(tx, { shopId })) {
      const event = await lockOwnEvent(tx, viewer, eventId)
      await updateEventRow(tx, { eventId, changes: await storeTexts(tx, event) })
    }
  })
}
