import * as m from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { formatMoment, MINUTE_MS } from '#lib/seoul-time.ts'
import { type DraftError, type EventDraft, earliestAnnouncementOf } from './event-draft.ts'

const texts: Record<DraftError, (draft: EventDraft) => string> = {
  title: m.form_error_title,
  'starts-missing': m.form_error_date,
  'ends-missing': m.form_error_date,
  'ends-before-start': m.form_error_ends,
  'ends-past': m.form_error_ends_past,
  'announcement-missing': m.form_error_date,
  'announcement-before-end': m.form_error_announcement,
  'announcement-before-draw': (draft) => m.form_error_announcement_draw({ at: earliestAnnounced(draft) }),
  'prize-name': m.form_error_prize_name,
  'prize-count': m.form_error_prize_count,
  'prize-value': m.form_error_prize_value,
  // The stepper says the range.
  number: m.form_error_number,
}

/** In whole minutes, as the field takes it. */
function earliestAnnounced(draft: EventDraft): string {
  const at = earliestAnnouncementOf(draft)?.getTime() ?? 0
  return formatMoment(Math.ceil(at / MINUTE_MS) * MINUTE_MS, getLocale(), Date.now())
}

/** What the form says below a field with this error. */
export const draftErrorText = (error: DraftError, draft: EventDraft): string => texts[error](draft)
