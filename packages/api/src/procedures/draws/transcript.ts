import { transcriptView } from '../../draws/chain-view.ts'
import { drawLogIdInput } from '../../draws/draw-inputs.ts'
import { readTranscript } from '../../draws/read-transcript.ts'
import { publicProcedure } from '../../trpc.ts'

export const transcript = publicProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/draws/{drawLogId}/transcript',
      tags: ['draws'],
      protect: false,
      summary: 'The transcript that eungmo-draw verifies, once drawn',
    },
    rest: { errors: ['NOT_FOUND', 'DRAW_IN_PROGRESS'] },
  })
  .input(drawLogIdInput)
  .output(transcriptView)
  .query(({ ctx, input }) => readTranscript(ctx.dependencies, input.drawLogId))
