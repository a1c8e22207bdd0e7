import { z } from 'zod'
import { instantOutput } from './event-fields.ts'

/** What is stored. */
export const statusOutput = z.enum(['draft', 'published', 'locked', 'drawn', 'cancelled'])
/** What follows from it and the database's clock. */
export const phaseOutput = z.enum(['draft', 'scheduled', 'open', 'closed', 'locked', 'drawn', 'cancelled'])
export type EventPhase = z.infer<typeof phaseOutput>

export const prizeView = z.object({ name: z.string(), count: z.int() })
export const channelView = z.object({ entryPath: z.string(), code: z.string() })

/** What the entry page shows of an event. */
export const eventView = z.object({
  id: z.uuid(),
  slug: z.string(),
  shopName: z.string(),
  title: z.string(),
  story: z.string(),
  startsAt: instantOutput,
  endsAt: instantOutput,
  announcementDate: instantOutput,
  winnerCount: z.int(),
  alternateCount: z.int(),
  /** Extra tickets for a visit; 0 where there is no bonus. */
  visitBonus: z.int(),
  prizes: z.array(prizeView),
  status: statusOutput,
  phase: phaseOutput,
  beacon: z.enum(['none', 'quicknet']),
  beaconDelay: z.int(),
  /** The paths that the form offers. */
  channels: z.array(channelView),
})
export type EventView = z.infer<typeof eventView>

/** A rules record after the first: "changed at … after N entries". */
export const amendmentView = z.object({
  at: instantOutput,
  hash: z.string(),
  entriesSoFar: z.int(),
  changeReason: z.string().nullable(),
})

/** The rules in force and the head of the chain: what a page keeps. Null before publication. */
export const rulesView = z.object({
  /** Hash of the rules record in force. */
  hash: z.string(),
  seedCommitment: z.string(),
  operatorKey: z.string(),
  /** The Korean text that the record commits to. */
  text: z.string(),
  at: instantOutput,
  /** Hash of the chain's newest record. */
  head: z.string(),
  amendments: z.array(amendmentView),
})

/** The consent text in force, in both languages: the version is stored with each entry. */
export const consentView = z.object({ version: z.int(), ko: z.string(), en: z.string() })

/** The newest draw of an event: for links to verification and a countdown. */
export const latestDrawView = z.object({
  drawLogId: z.uuid(),
  attempt: z.int(),
  lockedAt: instantOutput,
  drawsAt: instantOutput.nullable(),
  drawnAt: instantOutput.nullable(),
})

/** Everything the entry page needs. */
export const entryPageView = eventView.extend({
  consent: consentView,
  rules: rulesView.nullable(),
  latestDraw: latestDrawView.nullable(),
  /** The path the link carries, when it is one of the event's: the form shows it chosen. */
  chosenEntryPath: z.string().nullable(),
  /** True when the link carries the in-store token: the entry counts as a visit, no path is asked. */
  visit: z.boolean(),
  /** A draft seen by its shop: shows everything, stores nothing. */
  preview: z.boolean(),
  /** From the announcement date on, once drawn. */
  winnersPublic: z.boolean(),
  /** The database's clock. */
  now: instantOutput,
})
export type EntryPageView = z.infer<typeof entryPageView>

/** The owner's and the staff's view of an event. */
export const ownerEventView = eventView.extend({
  createdAt: instantOutput,
  publishedAt: instantOutput.nullable(),
  entryCount: z.int(),
  visitedCount: z.int(),
  rules: rulesView.nullable(),
  latestDraw: latestDrawView.nullable(),
  consent: consentView,
  now: instantOutput,
})
export type OwnerEventView = z.infer<typeof ownerEventView>

/** A row of the events list. */
export const eventListItem = eventView
  .omit({ story: true, prizes: true, channels: true })
  .extend({ createdAt: instantOutput, latestDraw: latestDrawView.nullable() })
