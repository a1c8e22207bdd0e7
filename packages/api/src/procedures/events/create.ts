import { createEvent } from '../../events/create-event.ts'
import { createEventInput } from '../../events/event-inputs.ts'
import { eventView } from '../../events/schema.ts'
import { ownerProcedure } from '../../trpc.ts'

export const create = ownerProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/events',
      tags: ['events'],
      protect: true,
      summary: 'Make an event',
      description:
        'Makes a draft. title, startsAt, endsAt, announcementDate and winnerCount are enough; everything else has a default.',
    },
    rest: { status: 201, errors: [] },
  })
  .input(createEventInput)
  .output(eventView)
  .mutation(({ ctx, input }) => createEvent(ctx.dependencies, ctx.viewer, input))
