import { z } from 'zod'
import type { Context } from '../../context.ts'
import { entryView } from '../../draws/chain-view.ts'
import { drawLogIdInput } from '../../draws/draw-inputs.ts'
import { drawEntries, drawEntriesCsv, drawEntriesJson } from '../../draws/read-entries.ts'
import { DomainError } from '../../errors/domain-error.ts'
import { toFieldErrors } from '../../errors/field-errors.ts'
import { publicProcedure } from '../../trpc.ts'

async function stream({ dependencies }: Context, given: unknown, as: 'json' | 'csv') {
  const input = drawLogIdInput.safeParse(given)
  if (!input.success)
    throw new DomainError('VALIDATION_FAILED', { fields: toFieldErrors(input.error.issues) })
  const { drawLogId } = input.data
  return as === 'csv' ? drawEntriesCsv(dependencies, drawLogId) : drawEntriesJson(dependencies, drawLogId)
}

export const listEntries = publicProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/draws/{drawLogId}/entries',
      tags: ['draws'],
      protect: false,
      summary: 'The locked list, once drawn; CSV for Accept: text/csv',
    },
    rest: { stream, errors: ['NOT_FOUND', 'DRAW_IN_PROGRESS'] },
  })
  .input(drawLogIdInput)
  .output(z.array(entryView))
  .query(({ ctx, input }) => drawEntries(ctx.dependencies, input.drawLogId))
