import type { SelfCheckView } from '@eungmo/api/participations/schema'
import * as m from '#lib/paraglide/messages.js'

/** What the locked list says of an entry, in one sentence: all that a receipt shows without the phone number. */
export function listPlaceText({ missing, tickets }: Pick<SelfCheckView, 'missing' | 'tickets'>): string {
  if (missing) return m.check_missing()
  if (tickets === 0) return m.mine_no_tickets()
  return `${m.check_in_list()} · ${m.done_tickets({ count: tickets ?? 1 })}`
}
