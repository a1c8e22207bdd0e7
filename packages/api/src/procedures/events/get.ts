import { eventIdInput } from '../../events/event-fields.ts'
import { getEvent } from '../../events/get-event.ts'
import { eventView } from '../../events/schema.ts'
import { publicProcedure } from '../../trpc.ts'

export const get = publicProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/events/{eventId}',
      tags: ['events'],
      protect: false,
      summary: 'What the entry page shows of an event',
    },
    rest: { errors: ['NOT_FOUND'] },
  })
  .input(eventIdInput)
  .output(eventView)
  .query(({ ctx, input }) => getEvent(ctx.dependencies, ctx.viewer, input.eventId))
