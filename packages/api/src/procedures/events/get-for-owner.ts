import { eventIdInput } from '../../events/event-fields.ts'
import { getOwnerEvent } from '../../events/get-owner-event.ts'
import { ownerEventView } from '../../events/schema.ts'
import { memberProcedure } from '../../trpc.ts'

export const getForOwner = memberProcedure
  .input(eventIdInput)
  .output(ownerEventView)
  .query(({ ctx, input }) => getOwnerEvent(ctx.dependencies, ctx.viewer, input.eventId))
