import { z } from 'zod'
import { beaconField } from '../../events/event-fields.ts'
import { publishEvent } from '../../events/publish-event.ts'
import { eventView } from '../../events/schema.ts'
import { ownerProcedure } from '../../trpc.ts'

export const publish = ownerProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/events/{eventId}/publish',
      tags: ['events'],
      protect: true,
      summary: 'Publish an event',
      description: 'Publishes the rules and the commitment to every seed that the event will ever draw with.',
    },
    rest: { errors: ['NOT_FOUND', 'CONFLICT'] },
  })
  .input(z.object({ eventId: z.uuid(), beacon: beaconField.optional() }))
  .output(eventView)
  .mutation(({ ctx, input }) => publishEvent(ctx.dependencies, ctx.viewer, input))
