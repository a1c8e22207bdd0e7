import { eventIdInput } from '../../schemas/event-fields.ts'
import { ownerEventView } from '../../schemas/event-view.ts'
import { getOwnerEvent } from '../../services/events/get-owner-event.ts'
import { memberProcedure } from '../../trpc.ts'

export const getForOwner = memberProcedure
  .input(eventIdInput)
  .output(ownerEventView)
  .query(({ ctx, input }) => getOwnerEvent(ctx.services, ctx.viewer, input.eventId))
