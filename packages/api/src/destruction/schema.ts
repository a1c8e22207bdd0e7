import { DESTRUCTION_REASONS } from '@eungmo/db/schema'
import { z } from 'zod'
import { instant, token, uuid } from '../validation/fields.ts'

export const destroyEarlyInput = z.strictObject({
  eventId: uuid,
  /** As the event's title, so that nobody destroys another event than they meant. */
  title: token(200),
})
export type DestroyEarlyInput = z.output<typeof destroyEarlyInput>

/** Participants of an event whose personal data is destroyed at the same date. */
const storedGroupView = z.object({
  /** `entrant` before the draw: whether they win is open. */
  who: z.enum(['entrant', 'not-won', 'won', 'cancelled']),
  count: z.int(),
  until: instant,
  /** For entrants: until when it is stored should they win; null for the others. */
  winnersUntil: instant.nullable(),
})
export type StoredGroupView = z.infer<typeof storedGroupView>

/** What was destroyed, and why. It names nobody. */
const destructionRecordView = z.object({
  id: z.uuid(),
  reason: z.enum(DESTRUCTION_REASONS),
  /** The version of the consent text that they had agreed to. */
  consentVersion: z.int(),
  count: z.int(),
  /** When the first and the last of them had entered, cut to the hour. */
  oldestEntryAt: instant,
  newestEntryAt: instant,
  startedAt: instant,
  destroyedAt: instant,
})
export type DestructionRecordView = z.infer<typeof destructionRecordView>

/** Whether the owner can have everything destroyed now, and if not, why. */
const earlyDestructionView = z.object({
  state: z.enum([
    'possible',
    'requested',
    'nothing-stored',
    'event-running',
    'draw-in-progress',
    'claim-open',
  ]),
  /** For `claim-open`: until when a winner can claim a prize. */
  claimUntil: instant.nullable(),
})
export type EarlyDestructionView = z.infer<typeof earlyDestructionView>

/** What is stored of an event's entrants until when, and what was destroyed. */
export const storedDataView = z.object({
  eventId: z.uuid(),
  title: z.string(),
  shopName: z.string(),
  stored: z.array(storedGroupView),
  records: z.array(destructionRecordView),
  early: earlyDestructionView,
  /** The database's clock. */
  now: instant,
})
export type StoredDataView = z.infer<typeof storedDataView>
