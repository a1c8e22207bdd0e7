import { z } from 'zod'
import { visitBonusField } from '../events/schema.ts'
import { EXCLUSION_REASONS } from '../exclusions/reasons.ts'
import { instant, uuid } from '../validation/fields.ts'

export const previewDrawInput = z.object({ eventId: uuid, visitBonus: visitBonusField.optional() })

/** What the dialog shows before a draw. */
export const drawPreviewView = z.object({
  /** Everybody who entered. */
  entries: z.int(),
  /** Entries that take part. */
  eligible: z.int(),
  /** Of those, the ones that visited. */
  visited: z.int(),
  /** For how many months winners of the shop's earlier events sit out; 0 where they do not. */
  sitOutMonths: z.int(),
  /** Entries that take no part since their numbers won earlier. */
  earlierWinners: z.int(),
  /** Entries that the owner excluded, by reason. */
  excluded: z.record(z.enum(EXCLUSION_REASONS), z.int()),
  /** The extra tickets per visit that `tickets` includes. */
  visitBonus: z.int(),
  tickets: z.int(),
  published: z.object({ winnerCount: z.int(), alternateCount: z.int(), visitBonus: z.int().nullable() }),
  endsAt: instant,
  /** When it is drawn by itself, if drawing now replaces that; else null. */
  replacesDrawAt: instant.nullable(),
  /** Whether drawing now closes the event early. */
  beforeEnd: z.boolean(),
  beacon: z.enum(['none', 'quicknet']),
  beaconDelay: z.int(),
})
export type DrawPreviewView = z.infer<typeof drawPreviewView>
