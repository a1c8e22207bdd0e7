import { chainView } from '../../draws/chain-view.ts'
import { readPublicChain } from '../../draws/read-transcript.ts'
import { eventIdInput } from '../../events/event-fields.ts'
import { publicProcedure } from '../../trpc.ts'

export const chain = publicProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/events/{eventId}/chain',
      tags: ['draws'],
      protect: false,
      summary: 'The signed records of an event so far',
    },
    rest: { errors: ['NOT_FOUND'] },
  })
  .input(eventIdInput)
  .output(chainView)
  .query(({ ctx, input }) => readPublicChain(ctx.dependencies, input.eventId))
