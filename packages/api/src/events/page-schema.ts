import { z } from 'zod'
import { pictureView } from '../pictures/schema.ts'
import { instant } from '../validation/fields.ts'
import { consentView, eventView, latestDrawView, marketingView, noticeView, rulesView } from './schema.ts'

/** Everything the entry page needs. */
export const entryPageView = eventView.extend({
  consent: noticeView,
  marketing: marketingView,
  /** Where customers ask; null in a shop without an owner. */
  contact: z.string().nullable(),
  /** Null where it has none, and while the event is paused. */
  picture: pictureView.nullable(),
  rules: rulesView.nullable(),
  latestDraw: latestDrawView.nullable(),
  /** The path that the link carries, where the event has it: the form preselects it. */
  chosenEntryPath: z.string().nullable(),
  /**
   * True when the link carries the in-store token: the entry counts as a visit, and the form needs no path.
   */
  visit: z.boolean(),
  /** From the announcement date on, once drawn, while the event is not paused. */
  winnersPublic: z.boolean(),
  /** Differs whenever anything differs that the page shows, whatever the link. */
  version: z.string(),
  /** The database's clock. */
  now: instant,
})
export type EntryPageView = z.infer<typeof entryPageView>

/** What an event's privacy page says: who is responsible, and what was agreed to. */
export const privacyPageView = z.object({
  slug: z.string(),
  title: z.string(),
  shopName: z.string(),
  shop: z.object({
    /** Where customers ask. */
    contact: z.string().nullable(),
    address: z.string().nullable(),
    openingHours: z.string().nullable(),
    /** Who is responsible for privacy. */
    privacyOfficer: z.string().nullable(),
    changedAt: instant,
  }),
  consent: noticeView,
  marketing: marketingView,
  /** What winners enter on the claim page. */
  claimItems: z.array(z.enum(['pick-up-day', 'address'])),
  now: instant,
})
export type PrivacyPageView = z.infer<typeof privacyPageView>

/** That a published event is to be drawn now; null while it is not. */
const undrawnView = z
  .object({
    /** When it is cancelled unless it was drawn. */
    cancelsAt: instant,
    /** Whether that is within 7 days. */
    isSoon: z.boolean(),
  })
  .nullable()
export type UndrawnView = z.infer<typeof undrawnView>

/** The owner's and the staff's view of an event. */
export const ownerEventView = eventView.extend({
  createdAt: instant,
  publishedAt: instant.nullable(),
  picture: pictureView.nullable(),
  rules: rulesView.nullable(),
  latestDraw: latestDrawView.nullable(),
  consent: consentView,
  undrawn: undrawnView,
  now: instant,
})
export type OwnerEventView = z.infer<typeof ownerEventView>

/** A row of the events list. */
export const eventListItem = eventView
  .omit({ story: true, prizes: true, channels: true })
  .extend({ createdAt: instant, latestDraw: latestDrawView.nullable(), undrawn: undrawnView })
