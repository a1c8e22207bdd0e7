import { z } from 'zod'
import { hex, instant } from '../validation/fields.ts'

const hash = hex(64)

/** What the verification page shows of a draw before the browser has verified it. */
export const drawSummaryView = z.object({
  eventId: z.uuid(),
  title: z.string(),
  shopName: z.string(),
  slug: z.string(),
  /** Hash of the newest record. */
  head: hash,
  rules: z.object({
    /** When the first rules were published. */
    at: instant,
    /** Of the rules in force. */
    winnerCount: z.int(),
    seedCommitment: hash,
    operatorKey: hash.nullable(),
  }),
  attempts: z.array(
    z.object({
      attempt: z.int(),
      lockedAt: instant,
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
  /** Differs whenever anything differs that the page shows. */
  version: z.string(),
  /** The database's clock. */
  now: instant,
})
export type DrawSummaryView = z.infer<typeof drawSummaryView>
