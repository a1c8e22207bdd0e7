import { z } from 'zod'
import { instant, uuid } from '../validation/fields.ts'

const locale = z.enum(['ko', 'en'])

export const noticesInput = z.strictObject({ eventId: uuid })

export const sendNoticesInput = z.strictObject({
  eventId: uuid,
  /** The language of every notice to the event's winners; of the first press only. */
  locale,
})
export type SendNoticesInput = z.output<typeof sendNoticesInput>

export const repeatNoticesInput = z.strictObject({
  eventId: uuid,
  /** Defaults to every failed and unknown notice of the event. */
  noticeId: uuid.optional(),
})
export type RepeatNoticesInput = z.output<typeof repeatNoticesInput>

export const queuedView = z.object({ queued: z.int() })

const noticeState = z.enum(['waiting', 'sending', 'sent', 'unknown', 'failed', 'cancelled'])

/** A notice to an entrant, as the entrant sees it. */
export const ownNoticeView = z.object({
  kind: z.enum(['won', 'two-days-left', 'claim-received', 'application-number']),
  state: noticeState,
  /** When it got into this state. */
  at: instant,
})

const noticeView = z.object({
  id: z.uuid(),
  kind: z.enum(['won', 'two-days-left', 'claim-received', 'draw-summary']),
  state: noticeState,
  problem: z.enum(['wrong-number', 'blocked', 'rejected', 'settings', 'unreachable']).nullable(),
  /** When one that waits is sent at the earliest. */
  dueAt: instant,
  changedAt: instant,
  /** Null for a summary to an owner. */
  participantId: z.uuid().nullable(),
})

const previewView = z.object({
  locale,
  text: z.string(),
  priceClass: z.enum(['sms', 'lms', 'alimtalk']).nullable(),
})

export const noticesView = z.object({
  /** Whether this installation sends text messages; else the owner copies the texts. */
  isSent: z.boolean(),
  /** When the first notices were sent; null before. */
  startedAt: instant.nullable(),
  /** The language of the event's notices; null before the first. */
  locale: locale.nullable(),
  /** Current winners who get a notice at the next press. */
  receivers: z.int(),
  /** When they are sent: later than now before the announcement and in the quiet hours. */
  sendsAt: instant,
  /** What the first of them gets, in both languages; empty without receivers. */
  preview: z.array(previewView),
  notices: z.array(noticeView),
  /** Messages with an application number that entrants of the event requested. */
  applicationNumbers: z.object({ sent: z.int(), notSent: z.int() }),
})
export type NoticesView = z.infer<typeof noticesView>

/** What to send to each current winner by hand. */
export const noticeTextsView = z.array(z.object({ participantId: z.uuid(), text: z.string() }))
export type NoticeTextsView = z.infer<typeof noticeTextsView>
