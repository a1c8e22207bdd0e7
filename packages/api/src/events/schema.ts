import { MAX_DRAWN } from '@eungmo/draw/records'
import { z } from 'zod'
import { channelsField } from '../channels/schema.ts'
import { DEFAULT_CLAIM_DAYS, MAX_CLAIM_DAYS, MIN_CLAIM_DAYS } from '../deadlines/deadlines.ts'
import { MAX_SIT_OUT_MONTHS } from '../deadlines/sit-out.ts'
import { MAX_PRIZE_VALUE_WON } from '../prizes/prize-tax.ts'
import { instant, instantInput, line, text, token, uuid } from '../validation/fields.ts'

const titleField = line(80, { min: 2 })
const storyField = text(5_000)
export const winnerCountField = z.int().min(1).max(MAX_DRAWN)
export const alternateCountField = z.int().min(0).max(MAX_DRAWN)
/**
 * Extra tickets for a visit to the shop; `true` means the published number, or 1 where none was published.
 */
export const visitBonusField = z.union([z.boolean(), z.int().min(0).max(100)])
const beaconField = z.enum(['none', 'quicknet'])
/** Seconds from the lock to the public randomness. */
const beaconDelayField = z.int().min(15).max(604_800)
const prizeInput = z.strictObject({
  name: line(100),
  count: z.int().min(1).max(MAX_DRAWN),
  valueWon: z.int().min(0).max(MAX_PRIZE_VALUE_WON).nullable().default(null).meta({
    description:
      'What one is worth, in won. Above 50,000 won its pages name the tax on it. Defaults to null: no value',
  }),
  ownerPaysTax: z.boolean().default(false).meta({
    description: "Whether the shop pays the tax on it in the winner's place. Defaults to false",
  }),
  isDelivered: z.boolean().default(false).meta({
    description:
      'Whether the prize is sent to the winner, who then enters an address on the claim page. Defaults to false',
  }),
})
const prizesField = z.array(prizeInput).min(1).max(100)

const optionalFields = {
  startsAtPublication: z.boolean().optional().meta({
    description:
      'Whether the event starts the moment it is published: startsAt becomes that moment. Defaults to false; a draft’s new startsAt sets it to false, too',
  }),
  story: storyField.optional(),
  /** Left out, the draw decides between none and one. */
  visitBonus: visitBonusField.nullable().optional(),
  alternateCount: alternateCountField.optional(),
  /** winnerCount is the sum of their counts; without prizes, there is one prize for all winners. */
  prizes: prizesField.optional(),
  claimDays: z
    .int()
    .min(MIN_CLAIM_DAYS)
    .max(MAX_CLAIM_DAYS)
    .optional()
    .meta({
      description: `Days from the announcement within which a winner claims the prize. Defaults to ${DEFAULT_CLAIM_DAYS}; once somebody has entered, it only grows`,
    }),
  beacon: beaconField.optional(),
  beaconDelay: beaconDelayField.optional(),
  sitOutMonths: z.int().min(0).max(MAX_SIT_OUT_MONTHS).optional().meta({
    description:
      'For how many months winners of the shop’s earlier events take no part in this draw, where those events said so. Fixed once published. Defaults to 0',
  }),
  drawsAutomatically: z.boolean().optional().meta({
    description:
      'Whether the draw starts by itself, a minute after endsAt. Needs a visitBonus that is decided: left out, there is none. Defaults to false',
  }),
  asksMarketing: z.boolean().optional().meta({
    description:
      'Whether the form has an optional box, apart from the consent, for advertising of the shop. Defaults to false',
  }),
}

export const createEventInput = z.strictObject({
  title: titleField,
  startsAt: instantInput,
  endsAt: instantInput,
  announcementDate: instantInput,
  /** Optional where there are prizes. */
  winnerCount: winnerCountField.optional(),
  ...optionalFields,
  /** The paths on the form, without 매장 방문. Defaults to 우리동네TV, SNS and 링고비즈. */
  channels: channelsField.optional(),
})
export type CreateEventInput = z.output<typeof createEventInput>

export const updateEventInput = z.strictObject({
  eventId: uuid,
  title: titleField.optional(),
  startsAt: instantInput.optional(),
  endsAt: instantInput.optional(),
  announcementDate: instantInput.optional(),
  winnerCount: winnerCountField.optional(),
  ...optionalFields,
})
export type UpdateEventInput = z.output<typeof updateEventInput>

export const duplicateEventInput = z.strictObject({
  eventId: uuid,
  submissionId: uuid.optional().meta({
    description:
      'A random UUID per intent: a repeated request with the same one returns the draft of the first again',
  }),
})
export type DuplicateEventInput = z.output<typeof duplicateEventInput>

export const publishEventInput = z.strictObject({ eventId: uuid, beacon: beaconField.optional() })
export type PublishEventInput = z.output<typeof publishEventInput>

/**
 * The address of the entry page; `via` and `visitToken` as the link carries them: where they are broken, the
 * customer chooses a path.
 */
export const entryPageInput = z.object({
  slug: token(100),
  /** A channel's code. */
  via: token(100).optional().catch(undefined),
  visitToken: token(200).optional().catch(undefined),
})
export type EntryPageInput = z.output<typeof entryPageInput>

export const slugInput = z.object({ slug: token(100) })

/** The stored status. */
const statusOutput = z.enum(['draft', 'published', 'locked', 'drawn', 'cancelled'])
/** What follows from the status and the database's clock. */
export const phaseOutput = z.enum(['draft', 'scheduled', 'open', 'closed', 'locked', 'drawn', 'cancelled'])
export type EventPhase = z.infer<typeof phaseOutput>

const prizeView = z.object({
  name: z.string(),
  count: z.int(),
  /** What one is worth, in won; null where the owner named no value. */
  valueWon: z.int().nullable(),
  /** Whether the shop pays the tax on it in the winner's place. */
  ownerPaysTax: z.boolean(),
  isDelivered: z.boolean(),
})
const channelView = z.object({ entryPath: z.string(), code: z.string() })

/** Why and since when the operator pauses an event. */
export const pauseView = z.object({ reason: z.string(), at: instant })

/** What the entry page shows of an event. */
export const eventView = z.object({
  id: z.uuid(),
  slug: z.string(),
  shopName: z.string(),
  title: z.string(),
  story: z.string(),
  startsAt: instant,
  /** Whether a draft starts the moment it is published, whatever startsAt says until then. */
  startsAtPublication: z.boolean(),
  endsAt: instant,
  announcementDate: instant,
  winnerCount: z.int(),
  alternateCount: z.int(),
  /** Extra tickets for a visit; 0 where there is no bonus, null where the draw decides. */
  visitBonus: z.int().nullable(),
  /** Days from the announcement within which a winner claims the prize. */
  claimDays: z.int(),
  prizes: z.array(prizeView),
  status: statusOutput,
  phase: phaseOutput,
  paused: pauseView.nullable().meta({
    description: 'While it is paused, an event takes no entry (409 EVENT_PAUSED)',
  }),
  beacon: z.enum(['none', 'quicknet']),
  beaconDelay: z.int(),
  /** For how many months winners of the shop's earlier events take no part; 0 where they do. */
  sitOutMonths: z.int(),
  drawsAutomatically: z.boolean(),
  /** When it is drawn by itself as published; null where the owner draws. */
  drawAt: instant.nullable(),
  /** Why it was cancelled by itself: nobody took part. Null where it was not. */
  cancelReason: z.enum(['no-entries']).nullable(),
  asksMarketing: z.boolean(),
  /** The paths that the form offers. */
  channels: z.array(channelView),
})
export type EventView = z.infer<typeof eventView>

/** The consent text in force, in both languages: the version is stored with each entry. */
export const consentView = z.object({
  version: z.int().meta({ description: 'What POST /participations takes as consentVersion' }),
  text: z.object({ ko: z.string(), en: z.string() }),
})
export type ConsentView = z.infer<typeof consentView>

/** The text of the optional marketing box; null where the form has none. */
export const marketingView = z
  .object({
    version: z.int().meta({ description: 'What POST /participations takes as marketingVersion' }),
    text: z.object({ ko: z.string(), en: z.string() }),
  })
  .nullable()
export type MarketingView = z.infer<typeof marketingView>

/** The consent text with what the notice above the form says of it. */
export const noticeView = consentView.extend({
  /** Until when the data of those who do not win is stored. */
  othersUntil: instant,
  /** Until when the data of winners and waiting alternates is stored. */
  winnersUntil: instant,
})
export type NoticeView = z.infer<typeof noticeView>

/** An event with the texts that entrants have to be shown. */
export const eventWithConsentView = eventView.extend({ consent: consentView, marketing: marketingView })
export type EventWithConsentView = z.infer<typeof eventWithConsentView>

/** A rules record after the first: "changed at … after N entries". */
const amendmentView = z.object({
  at: instant,
  hash: z.string(),
  entriesSoFar: z.int(),
  changeReason: z.string().nullable(),
})

/**
 * The rules in force and the head of the chain: what a browser stores to compare later. Null before
 * publication.
 */
export const rulesView = z.object({
  /** Hash of the rules record in force. */
  hash: z.string(),
  seedCommitment: z.string(),
  operatorKey: z.string(),
  /** The Korean text that the record commits to. */
  text: z.string(),
  at: instant,
  /** Hash of the chain's newest record. */
  head: z.string(),
  amendments: z.array(amendmentView),
})

/** The newest draw of an event: for links to verification and a countdown. */
export const latestDrawView = z.object({
  drawLogId: z.uuid(),
  attempt: z.int(),
  lockedAt: instant,
  drawsAt: instant.nullable(),
  drawnAt: instant.nullable(),
})
