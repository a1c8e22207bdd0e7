import { updateEventInput } from '../../events/event-inputs.ts'
import { eventView } from '../../events/schema.ts'
import { updateEvent } from '../../events/update-event.ts'
import { ownerProcedure } from '../../trpc.ts'

export const update = ownerProcedure
  .meta({
    openapi: {
      method: 'PATCH',
      path: '/events/{eventId}',
      tags: ['events'],
      protect: true,
      summary: 'Change an event',
      description:
        'A draft changes freely. Once published, changed terms are recorded and shown with their time and the number of entries so far; once locked, only the story changes.',
    },
    rest: { errors: ['NOT_FOUND', 'CONFLICT'] },
  })
  .input(updateEventInput)
  .output(eventView)
  .mutation(({ ctx, input }) => updateEvent(ctx.dependencies, ctx.viewer, input))
