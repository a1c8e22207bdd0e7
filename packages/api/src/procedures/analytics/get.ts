import { z } from 'zod'
import { readAnalytics } from '../../analytics/read-analytics.ts'
import { analytics } from '../../analytics/schema.ts'
import { memberProcedure } from '../../trpc.ts'
import { uuid } from '../../validation/fields.ts'

export const get = memberProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/events/{eventId}/analytics',
      tags: ['analytics'],
      summary: 'Entries of an event: total, by channel and by hour',
    },
    rest: { errors: ['NOT_FOUND'] },
  })
  .input(z.object({ eventId: uuid }))
  .output(analytics)
  .query(({ ctx, input }) => readAnalytics(ctx.dependencies, ctx.viewer, input.eventId))
