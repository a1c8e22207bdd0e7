import type { DestructionRecordView } from '@eungmo/api/destruction/schema'
import * as m from '#lib/paraglide/messages.js'

const texts = {
  'not-won': m.destroyed_reason_not_won,
  won: m.destroyed_reason_won,
  cancelled: m.destroyed_reason_cancelled,
  requested: m.destroyed_reason_requested,
  withdrawn: m.destroyed_reason_withdrawn,
} satisfies Record<DestructionRecordView['reason'], () => string>

/** Why personal data was destroyed. */
export const reasonText = (reason: DestructionRecordView['reason']): string => texts[reason]()
