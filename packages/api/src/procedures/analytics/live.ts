import { tracked } from '@trpc/server'
import { z } from 'zod'
import { followAnalytics } from '../../analytics/follow-analytics.ts'
import { memberProcedure } from '../../trpc.ts'
import { uuid } from '../../validation/fields.ts'

/** The event's analytics now, and again after each change, as server-sent events. */
export const live = memberProcedure
  .input(z.object({ eventId: uuid, lastEventId: z.string().max(100).nullish() }))
  .subscription(async function* ({ ctx, input, signal }) {
    const turns = followAnalytics(ctx.dependencies, ctx.viewer, input.eventId, signal)
    for await (const analytics of turns) yield tracked(analytics.updatedAt ?? 'empty', analytics)
  })
