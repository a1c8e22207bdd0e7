import { deletePicture } from '@eungmo/db/queries/event-pictures'
import { z } from 'zod'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { ownerProcedure, router } from '../trpc.ts'
import { eventIdBody } from '../validation/fields.ts'

export const picturesRouter = router({
  /** In every phase, so that nothing stays public that must not; does nothing where the event has no picture. */
  remove: ownerProcedure
    .input(eventIdBody)
    .output(z.void())
    .mutation(async ({ ctx: { dependencies, viewer }, input: { eventId } }) => {
      await requireOwnEvent(dependencies.db, viewer, eventId)
      await deletePicture(dependencies.db, { eventId })
    }),
})
