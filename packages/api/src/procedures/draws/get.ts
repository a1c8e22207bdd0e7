import { drawLogIdInput } from '../../draws/draw-inputs.ts'
import { getDraw } from '../../draws/list-draws.ts'
import { drawLogDetailView } from '../../draws/schema.ts'
import { memberProcedure } from '../../trpc.ts'

export const get = memberProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/draws/{drawLogId}',
      tags: ['draws'],
      protect: true,
      summary: 'One draw with its winners and what happened before',
    },
    rest: { errors: ['NOT_FOUND'] },
  })
  .input(drawLogIdInput)
  .output(drawLogDetailView)
  .query(({ ctx, input }) => getDraw(ctx.dependencies, ctx.viewer, input.drawLogId))
