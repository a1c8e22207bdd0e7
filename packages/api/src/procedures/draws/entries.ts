import { z } from 'zod'
import { entryView } from '../../schemas/chain-view.ts'
import { drawLogIdInput } from '../../schemas/draw-inputs.ts'
import { drawEntries } from '../../services/read-entries.ts'
import { publicProcedure } from '../../trpc.ts'

const entries = z.array(entryView)

export const entryLines = (list: z.infer<typeof entries>): string =>
  `id,tickets,reason\n${list.map(({ id, tickets, reason }) => `${id},${tickets},${reason}\n`).join('')}`

export const listEntries = publicProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/draws/{drawLogId}/entries',
      tags: ['draws'],
      summary: 'The locked list, once drawn; CSV for Accept: text/csv',
    },
    rest: {
      csv: (output) => entryLines(entries.parse(output)),
      errors: ['NOT_FOUND', 'DRAW_IN_PROGRESS'],
    },
  })
  .input(drawLogIdInput)
  .output(entries)
  .query(({ ctx, input }) => drawEntries(ctx.services, input.drawLogId))
