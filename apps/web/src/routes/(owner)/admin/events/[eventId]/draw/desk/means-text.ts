import type { ContactView } from '@eungmo/api/winners/schema'
import * as m from '#lib/paraglide/messages.js'

type ContactMeans = ContactView['means']

const texts: Record<ContactMeans, () => string> = {
  phone: m.contact_by_phone,
  sms: m.contact_by_sms,
  visit: m.contact_by_visit,
  email: m.contact_by_email,
  other: m.contact_by_other,
}

/** In the order in which the dialog offers them; entrants leave no e-mail address. */
export const offeredMeans = ['phone', 'sms', 'visit', 'other'] as const satisfies readonly ContactMeans[]

/** How somebody tried to reach a winner. */
export const meansText = (means: ContactMeans): string => texts[means]()
