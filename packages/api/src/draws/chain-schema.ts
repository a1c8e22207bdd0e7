import { PROTOCOL } from '@eungmo/draw/encoding'
import { z } from 'zod'
import { hex } from '../validation/fields.ts'

const hash = hex(64)
const signature = hex(128).nullable()

/** A record exactly as hashed; its keys follow from its type (eungmo-draw/1). */
const recordView = z.record(z.string(), z.unknown())

/** The text that a rules record commits to, and what is shown next to it. */
const rulesTextView = z.object({
  seq: z.int(),
  textHash: hash,
  text: z.string(),
  /** Entries that existed when the record was written. */
  entriesSoFar: z.int(),
  changeReason: z.string().nullable(),
})

/** An event's records so far, public. */
export const chainView = z.object({
  v: z.literal(PROTOCOL),
  records: z.array(recordView),
  signatures: z.array(signature),
  /** Hash of the newest record. */
  head: hash,
  texts: z.array(rulesTextView),
})

const openingView = z.object({ index: z.int(), applicationNumber: z.string(), person: hash })

/** The input of `verifyDraw`. */
export const transcriptView = z.object({
  v: z.literal(PROTOCOL),
  records: z.array(recordView),
  signatures: z.array(signature),
  openings: z.array(openingView),
  head: hash,
})

/** A line of the locked list: opaque id, tickets, reason code (0 takes part). */
export const entryView = z.object({ id: z.string(), tickets: z.int(), reason: z.int() })
