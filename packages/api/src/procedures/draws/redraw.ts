import { redrawInput } from '../../draws/draw-inputs.ts'
import { redraw as redrawSlots } from '../../draws/redraw.ts'
import { drawResult, pendingDrawView } from '../../draws/schema.ts'
import { ownerProcedure } from '../../trpc.ts'

export const redraw = ownerProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/draws/{drawLogId}/redraw',
      tags: ['draws'],
      protect: true,
      summary: 'Withdraw winners and fill their places',
      description:
        'Names the newest draw. Alternates who wait move up first; only places left empty are drawn again, from the frozen list less everybody drawn before. Answers the whole current list.',
    },
    rest: {
      accepted: (output) => pendingDrawView.safeParse(output).success,
      errors: ['NOT_FOUND', 'DRAW_IN_PROGRESS', 'DRAW_SUPERSEDED', 'NOT_ENOUGH_ENTRIES'],
    },
  })
  .input(redrawInput)
  .output(drawResult)
  .mutation(({ ctx, input }) => redrawSlots(ctx.dependencies, ctx.viewer, input))
