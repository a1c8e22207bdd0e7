import { z } from 'zod'
import { pauseView } from '../events/schema.ts'
import { hex, instant } from '../validation/fields.ts'
import { PUBLIC_WITHDRAW_REASONS } from './public-withdraw-reason.ts'

const hash = hex(64)

/** What the verification page shows of a draw before the browser has verified it, and the certificate. */
export const drawSummaryView = z.object({
  eventId: z.uuid(),
  title: z.string(),
  shopName: z.string(),
  slug: z.string(),
  announcementDate: instant,
  isAnnounced: z.boolean(),
  /** Whether the winners' personal data is destroyed, or due to be: the draw can still be verified. */
  isDestroyed: z.boolean(),
  /** Of the event or its shop. */
  paused: pauseView.nullable(),
  /** Hash of the newest record. */
  head: hash,
  rules: z.object({
    /** When the first rules were published. */
    at: instant,
    /** Of the rules in force. */
    winnerCount: z.int(),
    /** When it was to be drawn by itself, of the rules in force; null where it was drawn by hand. */
    drawAt: instant.nullable(),
    seedCommitment: hash,
    operatorKey: hash.nullable(),
  }),
  attempts: z.array(
    z.object({
      attempt: z.int(),
      lockedAt: instant,
      winnerCount: z.int(),
      entryCount: z.int(),
      eligibleCount: z.int(),
      totalTickets: z.int(),
      entriesRoot: hash,
      serverSeed: hash.nullable(),
      round: z.int().nullable(),
      drawnAt: instant.nullable(),
      seed: hash.nullable(),
      /** Of the beacon's round. */
      signature: z.string().nullable(),
    }),
  ),
  /** The first current winners; the number is null before the announcement, and once destroyed. */
  winners: z.array(z.object({ slot: z.int(), applicationNumber: z.string().nullable() })),
  /** How many slots have a holder. */
  winnerTotal: z.int(),
  /** The first withdrawn winners with the public reason; none before the announcement, and once destroyed. */
  replacements: z.array(z.object({ slot: z.int(), reason: z.enum(PUBLIC_WITHDRAW_REASONS), at: instant })),
  replacementTotal: z.int(),
  /** Differs whenever anything differs that the page shows. */
  version: z.string(),
  /** The database's clock. */
  now: instant,
})
export type DrawSummaryView = z.infer<typeof drawSummaryView>
