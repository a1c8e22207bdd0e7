import { z } from 'zod'
import { listDraws } from '../../draws/list-draws.ts'
import { drawLogView } from '../../draws/schema.ts'
import { eventIdInput } from '../../events/event-fields.ts'
import { memberProcedure } from '../../trpc.ts'

export const list = memberProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/events/{eventId}/draws',
      tags: ['draws'],
      protect: true,
      summary: 'The draws of an event, the newest first',
    },
    rest: { errors: ['NOT_FOUND'] },
  })
  .input(eventIdInput)
  .output(z.array(drawLogView))
  .query(({ ctx, input }) => listDraws(ctx.dependencies, ctx.viewer, input.eventId))
