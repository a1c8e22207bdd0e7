import { CONTACT_MEANS } from '@eungmo/db/queries/contact-attempts'
import { MAX_DRAWN } from '@eungmo/draw/records'
import { z } from 'zod'
import { instant, line, uuid } from '../validation/fields.ts'

export const logContactInput = z.strictObject({
  /** Chosen by the caller: a second press with the same id logs nothing more. */
  contactId: uuid,
  /** The attempt and the rank that name the winner. */
  drawLogId: uuid,
  drawRank: z
    .int()
    .min(1)
    .max(2 * MAX_DRAWN),
  means: z.enum(CONTACT_MEANS),
  /** Private, and encrypted. */
  note: line(300).optional(),
})
export type LogContactInput = z.output<typeof logContactInput>

/** A logged attempt to reach a winner. */
export const contactView = z.object({
  contactId: z.uuid(),
  at: instant,
  /** Who logged it; null once the account was deleted, and for API keys. */
  by: z.string().nullable(),
  means: z.enum(CONTACT_MEANS),
  /** Never public. */
  note: z.string().nullable(),
})
export type ContactView = z.infer<typeof contactView>

/** How far a winner is, from the draw to the prize. */
export const winnerProgressView = z.object({
  /** Until when the prize can be claimed. */
  claimUntil: instant,
  /** When the notice of having won was sent; null before, and where none was. */
  notifiedAt: instant.nullable(),
  /** When the winner confirmed on the claim page; null before. */
  claimedAt: instant.nullable(),
  /** When the prize was handed over; null before. */
  handedOverAt: instant.nullable(),
  /** The attempts to reach the winner, the oldest first. */
  contacts: z.array(contactView),
})
