import { MAX_DRAWN } from '@eungmo/draw/records'
import { z } from 'zod'
import { alternateCountField, visitBonusField, winnerCountField } from '../events/schema.ts'
import { hex, instant, line, uuid } from '../validation/fields.ts'
import { winnerProgressView } from '../winners/schema.ts'

const hash = hex(64)

export const drawWinnersInput = z.strictObject({
  eventId: uuid,
  winnerCount: winnerCountField,
  /** As published; where the draw decides, true or 1 gives a ticket more for a visit, false or 0 none. */
  visitBonus: visitBonusField,
  /** Defaults to the published number. */
  alternateCount: alternateCountField.optional(),
  /** Why it differs from what was published; shown with the result. */
  changeReason: line(300).optional(),
})
export type DrawWinnersInput = z.output<typeof drawWinnersInput>

/** Each rank is a record, a signature and two rows, all in one transaction. */
const MAX_RANKS_PER_REDRAW = 1_000

export const redrawInput = z.strictObject({
  drawLogId: uuid,
  /** Prize slots whose winners are withdrawn, or that are empty. */
  ranks: z
    .array(z.int().min(1).max(MAX_DRAWN))
    .min(1)
    .max(MAX_RANKS_PER_REDRAW, 'ranks.too_many')
    .refine((ranks) => new Set(ranks).size === ranks.length, 'invalid'),
  /** One of the WITHDRAW_REASONS of draw, or free text, which stays private and is recorded as `ineligible`. */
  reason: line(300),
  /** What lies behind the reason; never public. */
  note: line(300).optional(),
  /** The chain's head as the caller saw it: a second press then gets DRAW_SUPERSEDED. */
  head: hash.optional(),
})
export type RedrawInput = z.output<typeof redrawInput>

export const drawLogIdInput = z.object({ drawLogId: uuid })

/** A winner as the owner sees them. Name, phone and number are null once personal data was destroyed. */
export const winnerView = z.object({
  /** The prize slot. */
  rank: z.int(),
  name: z.string().nullable(),
  phoneNumber: z.string().nullable(),
  applicationNumber: z.string().nullable(),
  /** Null for a winner beyond the prizes. */
  prize: z.string().nullable(),
})
export type WinnerView = z.infer<typeof winnerView>

/** How an attempt differs from the published rules. */
export const deviationView = z.object({
  winnerCount: z.object({ published: z.int(), drawn: z.int() }).optional(),
  alternateCount: z.object({ published: z.int(), drawn: z.int() }).optional(),
  endsAt: z.object({ published: z.string(), drawn: z.string() }).optional(),
  /** Of an event that was to be drawn by itself: drawn earlier by hand, or more than a minute late. */
  drawAt: z.object({ published: z.string(), drawn: z.string() }).optional(),
  /** Null where none was entered. */
  changeReason: z.string().nullable(),
})

/** Everybody who ever held a prize slot, oldest first: what happened before stays visible. */
export const slotHistoryView = winnerView.extend({
  ...winnerProgressView.shape,
  participantId: z.uuid(),
  drawLogId: z.uuid(),
  attempt: z.int(),
  standing: z.enum(['selected', 'withdrawn']),
  entryPath: z.string(),
  entryId: z.string(),
  /** Rank within its attempt; above the attempt's winnerCount it was an alternate that moved up. */
  drawRank: z.int(),
  selectedAt: instant,
  withdrawnAt: instant.nullable(),
  reason: z.string().nullable(),
  /** The owner's free text; never public. */
  note: z.string().nullable(),
})

/** An alternate stays an opaque id until it moves up. */
const waitingAlternateView = z.object({ drawRank: z.int(), entryId: z.string() })

export const drawLogView = z.object({
  drawLogId: z.uuid(),
  eventId: z.uuid(),
  attempt: z.int(),
  previousDrawLogId: z.uuid().nullable(),
  /** Whether it was drawn by itself at the published time. */
  isAutomatic: z.boolean(),
  lockedAt: instant,
  /** When the beacon's round is due; null without a beacon. */
  drawsAt: instant.nullable(),
  /** Null while the attempt is open. */
  drawnAt: instant.nullable(),
  drawMethod: z.enum(['uniform', 'visit-bonus']),
  /** Name and version. */
  algorithm: z.string(),
  winnerCount: z.int(),
  alternateCount: z.int(),
  visitBonus: z.int(),
  entryCount: z.int(),
  eligibleCount: z.int(),
  totalTickets: z.int(),
  /** Round of the public beacon; null without one. */
  round: z.int().nullable(),
  deviation: deviationView.nullable(),
  /**
   * Of the newest attempt: the whole current list. Of an earlier one: the list as that attempt left it. Empty
   * while open.
   */
  winners: z.array(winnerView),
  /** Alternates still waiting, without those who withdrew. */
  alternates: z.array(waitingAlternateView),
})
export type DrawLogView = z.infer<typeof drawLogView>

/** A draw without its people. */
export const drawLogTermsView = drawLogView.omit({ winners: true, alternates: true })
export type DrawLogTermsView = z.infer<typeof drawLogTermsView>

export const drawLogDetailView = drawLogView.extend({
  history: z.array(slotHistoryView),
  /**
   * Hash of the chain's newest record: a redraw that names it gets DRAW_SUPERSEDED once anything else has
   * happened.
   */
  head: z.string(),
})
export type DrawLogDetailView = z.infer<typeof drawLogDetailView>

/** 200: drawn. `winners` is the whole current list. */
const drawnView = z.object({ drawLogId: z.uuid(), winners: z.array(winnerView) })
/** 202: locked; the result follows at `drawsAt`. */
export const pendingDrawView = z.object({ drawLogId: z.uuid(), drawsAt: instant })
export const drawResult = z.union([drawnView, pendingDrawView])
export type DrawResult = z.infer<typeof drawResult>
