import { z } from 'zod'
import { instant, line, text, uuid } from '../validation/fields.ts'
import { EXCLUSION_REASONS } from './reasons.ts'

const MAX_NOTE_LENGTH = 200
/** About 500 lines with a name and a number. */
const MAX_PASTED_LENGTH = 10_000

export const excludeInput = z.strictObject({
  eventId: uuid,
  participantId: uuid,
  reason: z.enum(EXCLUSION_REASONS).meta({ description: 'Public as a count, and shown to the entrant' }),
  note: line(MAX_NOTE_LENGTH).optional().meta({ description: 'Private, and encrypted' }),
})
export type ExcludeInput = z.output<typeof excludeInput>

/** Why and by whom an entry was excluded from the draw. */
export const exclusionView = z.object({
  reason: z.enum(EXCLUSION_REASONS),
  at: instant.nullable().meta({ description: 'Null where the draw excluded an earlier winner by itself' }),
  by: z.string().nullable().meta({ description: 'Who excluded it; null for the draw and for an API key' }),
  pasted: z.boolean().meta({ description: 'Whether a pasted list of phone numbers excluded it' }),
  note: z.string().nullable().meta({ description: 'Private; null for staff and for API keys' }),
})

/** Phone numbers of the shop's staff, one per line. Read in memory, and never stored. */
export const pasteInput = z.strictObject({ eventId: uuid, numbers: text(MAX_PASTED_LENGTH, { min: 1 }) })
export type PasteInput = z.output<typeof pasteInput>

export const pastePreview = z.object({
  /** Entries that would be excluded. */
  found: z.int(),
  alreadyExcluded: z.int(),
  /** Numbers without an entry in this event. */
  notEntered: z.int(),
  /** Lines, counted from 1, in which no phone number can be read; empty ones are left out. */
  unreadableLines: z.array(z.int()),
})
export type PastePreview = z.infer<typeof pastePreview>

export const pasteResult = pastePreview.omit({ found: true }).extend({
  excluded: z.int(),
})
export type PasteResult = z.infer<typeof pasteResult>

/** A pasted list whose exclusions are in force. */
export const pasteView = z.object({
  pasteId: uuid,
  at: instant,
  by: z.string().nullable(),
  entries: z.int(),
})
export type PasteView = z.infer<typeof pasteView>

export const undoPasteInput = z.strictObject({ eventId: uuid, pasteId: uuid })
