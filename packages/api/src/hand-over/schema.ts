import { MAX_DRAWN } from '@eungmo/draw/records'
import { z } from 'zod'
import { pauseView } from '../events/schema.ts'
import { instant, token, uuid } from '../validation/fields.ts'

export const handOverLinkInput = z.strictObject({ token: token(64) })

export const handOverNumberInput = z.strictObject({
  eventId: uuid,
  /** In any spelling. */
  applicationNumber: token(40),
})
export type HandOverNumberInput = z.output<typeof handOverNumberInput>

export const completeHandOverInput = z.strictObject({
  eventId: uuid,
  drawLogId: uuid,
  drawRank: z.coerce.number().int().min(1).max(MAX_DRAWN),
})
export type CompleteHandOverInput = z.output<typeof completeHandOverInput>

/**
 * `ready`: the prize can be handed over. `outdated`: the winner was sent a newer link than this one. `withdrawn`: the
 * winner lost the slot. `waiting`: before the announcement.
 */
const handOverState = z.enum(['ready', 'handed-over', 'outdated', 'withdrawn', 'waiting', 'paused'])

/** What the shop sees of a winner who collects a prize. */
export const handOverView = z.object({
  state: handOverState,
  eventId: z.uuid(),
  title: z.string(),
  drawLogId: z.uuid(),
  drawRank: z.int(),
  /** 김** */
  name: z.string().nullable(),
  applicationNumber: z.string(),
  prize: z.string().nullable(),
  /** Whether the winner confirmed on the claim page. */
  isConfirmed: z.boolean(),
  claimUntil: instant,
  /** Whether the claim period is over for a winner who did not confirm. */
  isLate: z.boolean(),
  handedOverAt: instant.nullable(),
  /** The member who handed it over. */
  handedOverBy: z.string().nullable(),
  announcementDate: instant,
  paused: pauseView.nullable(),
  /** The database's clock. */
  now: instant,
})
export type HandOverView = z.infer<typeof handOverView>
