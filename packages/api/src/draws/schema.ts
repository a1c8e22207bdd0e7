import { z } from 'zod'
import { instantOutput } from '../events/event-fields.ts'

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

/** How one attempt differs from the published rules. */
export const deviationView = z.object({
  winnerCount: z.object({ published: z.int(), drawn: z.int() }).optional(),
  visitBonus: z.object({ published: z.int(), drawn: z.int() }).optional(),
  alternateCount: z.object({ published: z.int(), drawn: z.int() }).optional(),
  endsAt: z.object({ published: z.string(), drawn: z.string() }).optional(),
  /** Null: none was given. */
  changeReason: z.string().nullable(),
})

/** Everybody who ever held a prize slot, oldest first: what happened before stays visible. */
export const slotHistoryView = winnerView.extend({
  drawLogId: z.uuid(),
  attempt: z.int(),
  standing: z.enum(['selected', 'withdrawn']),
  entryPath: z.string(),
  entryId: z.string(),
  /** Rank within its attempt; above the attempt's winnerCount it was an alternate that moved up. */
  drawRank: z.int(),
  selectedAt: instantOutput,
  withdrawnAt: instantOutput.nullable(),
  reason: z.string().nullable(),
  /** The owner's free text; never public. */
  note: z.string().nullable(),
})

/** An alternate stays an opaque id until it moves up. */
export const waitingAlternateView = z.object({ drawRank: z.int(), entryId: z.string() })

export const drawLogView = z.object({
  drawLogId: z.uuid(),
  eventId: z.uuid(),
  attempt: z.int(),
  previousDrawLogId: z.uuid().nullable(),
  lockedAt: instantOutput,
  /** When the beacon's round is due; null without a beacon. */
  drawsAt: instantOutput.nullable(),
  /** Null while the attempt is open. */
  drawnAt: instantOutput.nullable(),
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
  /** Of the newest attempt: the whole current list. Of an earlier one: the list as that attempt left it. Empty while open. */
  winners: z.array(winnerView),
  /** Alternates still waiting. */
  alternates: z.array(waitingAlternateView),
})
export type DrawLogView = z.infer<typeof drawLogView>

export const drawLogDetailView = drawLogView.extend({
  history: z.array(slotHistoryView),
  /** Hash of the chain's newest record: a redraw that names it is refused once anything else has happened. */
  head: z.string(),
})

/** 200: drawn. `winners` is the whole current list. */
export const drawnView = z.object({ drawLogId: z.uuid(), winners: z.array(winnerView) })
/** 202: locked; the result follows at `drawsAt`. */
export const pendingDrawView = z.object({ drawLogId: z.uuid(), drawsAt: instantOutput })
export const drawResult = z.union([drawnView, pendingDrawView])
export type DrawResult = z.infer<typeof drawResult>

/** What the dialog says before a draw. */
export const drawPreviewView = z.object({
  /** Everybody who entered. */
  entries: z.int(),
  /** Entries that take part. */
  eligible: z.int(),
  /** Of those, the ones that visited. */
  visited: z.int(),
  /** Extra tickets for a visit that `tickets` was counted with. */
  visitBonus: z.int(),
  tickets: z.int(),
  published: z.object({ winnerCount: z.int(), alternateCount: z.int(), visitBonus: z.int() }),
  endsAt: instantOutput,
  /** True: drawing now closes the event early. */
  beforeEnd: z.boolean(),
  beacon: z.enum(['none', 'quicknet']),
  beaconDelay: z.int(),
})

/** A row of the public winners page. */
export const publicWinnerView = z.object({
  rank: z.int(),
  /** 김** */
  name: z.string().nullable(),
  /** 010-****-**78 */
  phoneNumber: z.string().nullable(),
  applicationNumber: z.string().nullable(),
  prize: z.string().nullable(),
})

export const publicWinnersView = z.object({
  eventId: z.uuid(),
  slug: z.string(),
  title: z.string(),
  shopName: z.string(),
  announcementDate: instantOutput,
  /** `waiting`: before the announcement date, or not drawn yet; the list is empty then. */
  state: z.enum(['waiting', 'announced']),
  drawLogId: z.uuid().nullable(),
  drawnAt: instantOutput.nullable(),
  attempts: z.int(),
  beacon: z.enum(['none', 'quicknet']),
  deviation: deviationView.nullable(),
  winners: z.array(publicWinnerView),
  /** Winners who were withdrawn, with the public word for why. */
  withdrawn: z.array(z.object({ rank: z.int(), reason: z.string(), at: instantOutput })),
})
export type PublicWinnersView = z.infer<typeof publicWinnersView>
