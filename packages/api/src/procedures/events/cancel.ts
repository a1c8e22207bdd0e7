import { cancelEvent } from '../../events/cancel-event.ts'
import { eventIdInput } from '../../events/event-fields.ts'
import { eventView } from '../../events/schema.ts'
import { ownerProcedure } from '../../trpc.ts'

/** Never once locked. */
export const cancel = ownerProcedure
  .input(eventIdInput)
  .output(eventView)
  .mutation(({ ctx, input }) => cancelEvent(ctx.dependencies, ctx.viewer, input.eventId))
