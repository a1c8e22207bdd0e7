import { eventIdInput } from '../../schemas/event-fields.ts'
import { eventView } from '../../schemas/event-view.ts'
import { cancelEvent } from '../../services/events/cancel-event.ts'
import { ownerProcedure } from '../../trpc.ts'

/** Never once locked. */
export const cancel = ownerProcedure
  .input(eventIdInput)
  .output(eventView)
  .mutation(({ ctx, input }) => cancelEvent(ctx.services, ctx.viewer, input.eventId))
