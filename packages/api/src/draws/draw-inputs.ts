import { z } from 'zod'
import { alternateCountField, maxDrawn, visitBonusInput, winnerCountField } from '../events/event-fields.ts'

export const previewDrawInput = z.object({ eventId: z.uuid(), visitBonus: visitBonusInput.optional() })

export const drawWinnersInput = z.object({
  eventId: z.uuid(),
  winnerCount: winnerCountField,
  visitBonus: visitBonusInput,
  /** The published number where left out. */
  alternateCount: alternateCountField.optional(),
  /** Why it differs from what was published; shown with the result. */
  changeReason: z.string().trim().min(1).max(300).optional(),
})
export type DrawWinnersInput = z.output<typeof drawWinnersInput>

/** The words of the withdraw record. */
export const withdrawReasons = [
  'unreachable',
  'deadline',
  'declined',
  'ineligible',
  'duplicate',
  'fraud',
  'withdrawn',
  'other',
] as const

export const redrawInput = z.object({
  drawLogId: z.uuid(),
  /** Prize slots whose winners are withdrawn. */
  ranks: z
    .array(z.int().min(1).max(maxDrawn))
    .min(1)
    .max(maxDrawn)
    .refine((ranks) => new Set(ranks).size === ranks.length, 'invalid'),
  /** One of the withdraw record's words, or free text, which stays private and is recorded as `other`. */
  reason: z.string().trim().min(1).max(300),
  /** The chain's head as the caller saw it: with it, a second press is refused as superseded. */
  head: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})
export type RedrawInput = z.output<typeof redrawInput>

export const drawLogIdInput = z.object({ drawLogId: z.uuid() })
