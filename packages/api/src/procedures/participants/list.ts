import { z } from 'zod'
import { listParticipants } from '../../participants/list-participants.ts'
import { participant } from '../../participants/schema.ts'
import { memberProcedure } from '../../trpc.ts'
import { uuid } from '../../validation/fields.ts'

export const list = memberProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/events/{eventId}/participants',
      tags: ['participants'],
      summary: 'Participants of an event, newest first',
    },
    rest: { errors: ['NOT_FOUND'] },
  })
  .input(
    z.object({
      eventId: uuid,
      cursor: z.string().max(200).optional().meta({ description: 'nextCursor of the page before' }),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      q: z.string().max(100).optional().meta({
        description: 'Part of a name, last four digits, a whole phone number or an application number',
      }),
    }),
  )
  .output(z.object({ items: z.array(participant), nextCursor: z.string().nullable() }))
  .query(({ ctx, input }) => listParticipants(ctx.dependencies, ctx.viewer, input))
