import { z } from 'zod'
import { hex, instant, uuid } from '../validation/fields.ts'

/** Events that one stream of live updates can follow. */
const MAX_EVENTS_PER_STREAM = 20

export const liveAnalyticsInput = z.object({
  eventIds: z.array(uuid).min(1).max(MAX_EVENTS_PER_STREAM),
  /** Names the browser, which has one stream at a time: a new one replaces the previous one. */
  browser: hex(32).optional(),
})

/** An event's counts as the analytics consumer has stored them. */
export const analytics = z
  .object({
    total: z.number().int(),
    channels: z.array(z.object({ entryPath: z.string(), count: z.number().int() })),
    /** Hours with entries, oldest first; each is named by its start. */
    hourly: z.array(z.object({ hour: instant, count: z.number().int() })),
    /** When the counts last changed; null before the first entry. */
    updatedAt: instant.nullable(),
  })
  .meta({ id: 'Analytics' })

export type Analytics = z.infer<typeof analytics>

/** An event of the shop's list: its total, and its entries in each of the last 24 hours, oldest first. */
export const shopEventCounts = z.object({
  eventId: uuid,
  total: z.number().int(),
  last24Hours: z.array(z.number().int()).length(24),
})
