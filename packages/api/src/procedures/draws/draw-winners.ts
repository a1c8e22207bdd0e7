import { drawWinnersInput } from '../../draws/draw-inputs.ts'
import { drawWinners as draw } from '../../draws/draw-winners.ts'
import { drawResult, pendingDrawView } from '../../draws/schema.ts'
import { ownerProcedure } from '../../trpc.ts'

export const drawWinners = ownerProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/events/{eventId}/draw-winners',
      tags: ['draws'],
      protect: true,
      summary: 'Lock an event and draw its winners',
      description:
        'Freezes the list and draws from it. With a public beacon it answers 202 with the time at which the result is due. Numbers other than the published ones are recorded and shown with the result, beside changeReason.',
    },
    rest: {
      accepted: (output) => pendingDrawView.safeParse(output).success,
      errors: ['NOT_FOUND', 'ALREADY_DRAWN', 'DRAW_IN_PROGRESS', 'CONFLICT', 'NOT_ENOUGH_ENTRIES'],
    },
  })
  .input(drawWinnersInput)
  .output(drawResult)
  .mutation(({ ctx, input }) => draw(ctx.dependencies, ctx.viewer, input))
