import { z } from 'zod'
import { readShopAnalytics } from '../../analytics/read-shop-analytics.ts'
import { memberProcedure } from '../../trpc.ts'
import { uuid } from '../../validation/fields.ts'

/** For the events list: each event's total, and its entries in each of the last 24 hours, oldest first. */
export const shop = memberProcedure
  .output(
    z.array(
      z.object({
        eventId: uuid,
        total: z.number().int(),
        last24Hours: z.array(z.number().int()).length(24),
      }),
    ),
  )
  .query(({ ctx }) => readShopAnalytics(ctx.dependencies, ctx.viewer))
