import { unlist } from '#lib/server/http/unlist.ts'
import { forgetNewestEntry, readDoneEntry } from '../done-entry.ts'
import { loadEvent } from '../load-event.ts'
import { shareAddress } from '../share-address.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  unlist(event)
  const view = await loadEvent(event)
  return {
    event: {
      id: view.id,
      slug: view.slug,
      shopName: view.shopName,
      title: view.title,
      announcementDate: view.announcementDate,
      winnersPublic: view.winnersPublic,
      contact: view.contact,
      now: view.now,
    },
    shareUrl: shareAddress(view.slug),
    entry: readDoneEntry(event.cookies, view.id),
  }
}

export const actions: Actions = {
  /** From the entries of this phone: this browser no longer shows the number and the name. */
  forget: async (event) => {
    const { id, slug } = await loadEvent(event)
    forgetNewestEntry(event.cookies, { eventId: id, slug })
  },
}
