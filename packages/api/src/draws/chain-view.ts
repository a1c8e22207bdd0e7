import { z } from 'zod'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const signature = z
  .string()
  .regex(/^[0-9a-f]{128}$/)
  .nullable()

/** A record exactly as hashed; its keys follow from its type (eungmo-draw/1). */
export const recordView = z.record(z.string(), z.unknown())

/** The text that a rules record commits to, and what is shown beside it. */
export const rulesTextView = z.object({
  seq: z.int(),
  textHash: hash,
  text: z.string(),
  /** Entries that existed when the record was written. */
  entriesSoFar: z.int(),
  changeReason: z.string().nullable(),
})

/** An event's records so far, for anybody. */
export const chainView = z.object({
  v: z.literal('eungmo-draw/1'),
  records: z.array(recordView),
  signatures: z.array(signature),
  /** Hash of the newest record. */
  head: hash,
  texts: z.array(rulesTextView),
})
export type ChainView = z.infer<typeof chainView>

export const openingView = z.object({ index: z.int(), applicationNumber: z.string(), person: hash })

/** What `verifyDraw` takes. */
export const transcriptView = z.object({
  v: z.literal('eungmo-draw/1'),
  records: z.array(recordView),
  signatures: z.array(signature),
  openings: z.array(openingView),
  head: hash,
})
export type TranscriptView = z.infer<typeof transcriptView>

/** A line of the locked list: opaque id, tickets, reason code (0 takes part). */
export const entryView = z.object({ id: z.string(), tickets: z.int(), reason: z.int() })
