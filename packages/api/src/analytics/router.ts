import { z } from 'zod'
import { memberProcedure, router } from '../trpc.ts'
import { eventIdInput } from '../validation/fields.ts'
import { followAnalytics } from './follow-analytics.ts'
import { readAnalytics } from './read-analytics.ts'
import { readShopAnalytics } from './read-shop-analytics.ts'
import { analytics, liveAnalyticsInput, shopEventCounts } from './schema.ts'

export const analyticsRouter = router({
  get: memberProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/events/{eventId}/analytics',
        tags: ['analytics'],
        summary: 'Entries of an event and views of its page: total, by channel and by hour',
      },
      rest: { scope: 'participants:read', errors: ['NOT_FOUND'] },
    })
    .input(eventIdInput)
    .output(analytics)
    .query(({ ctx, input }) => readAnalytics(ctx.dependencies, ctx.viewer, input.eventId)),

  /** The events' analytics now, and again after each change, as server-sent events. */
  live: memberProcedure
    .input(liveAnalyticsInput)
    .subscription(({ ctx, input, signal }) =>
      followAnalytics(ctx.dependencies, { ...ctx, ...input, signal }),
    ),

  /** For the events list: each event's total, and its entries in each of the last 24 hours, oldest first. */
  shop: memberProcedure
    .output(z.array(shopEventCounts))
    .query(({ ctx }) => readShopAnalytics(ctx.dependencies, ctx.viewer)),
})
