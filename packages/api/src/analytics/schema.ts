import { z } from 'zod'
import { hex, instant, uuid } from '../validation/fields.ts'

/** Events that one stream of live updates can follow. */
const MAX_EVENTS_PER_STREAM = 20

export const liveAnalyticsInput = z.object({
  eventIds: z.array(uuid).min(1).max(MAX_EVENTS_PER_STREAM),
  /** Names the browser, which has one stream at a time: a new one replaces the previous one. */
  browser: hex(32).optional(),
})

const hourly = z.array(z.object({ hour: instant, count: z.number().int() }))
const channels = z.array(z.object({ entryPath: z.string(), count: z.number().int() }))

/**
 * Estimated visitors of the entry page, each once per day: people behind one address with the same browser count
 * as one.
 */
const views = z
  .object({
    /** The sum of all sources. */
    total: z.number().int(),
    /** By the channel that a link named in `via` or `utm_source`, in the order of `channels`. */
    channels,
    /** Through the link that customers share. */
    shared: z.number().int(),
    /** Without a link that names a channel. */
    direct: z.number().int(),
    /** Of channels after the twentieth. */
    other: z.number().int(),
    /** Hours with views, oldest first; each is named by its start. */
    hourly,
  })
  .meta({ id: 'AnalyticsViews' })

/** An event's counts as the analytics consumer has stored them. */
export const analytics = z
  .object({
    total: z.number().int(),
    channels,
    /** Hours with entries, oldest first; each is named by its start. */
    hourly,
    /** When the counts of entries last changed; null before the first entry. */
    updatedAt: instant.nullable(),
    /** Null before the first view. */
    views: views.nullable(),
  })
  .meta({ id: 'Analytics' })

export type Analytics = z.infer<typeof analytics>
export type AnalyticsViews = z.infer<typeof views>

/** An event of the shop's list: its total, and its entries in each of the last 24 hours, oldest first. */
export const shopEventCounts = z.object({
  eventId: uuid,
  total: z.number().int(),
  last24Hours: z.array(z.number().int()).length(24),
})
