import { unlist } from '#lib/server/http/unlist.ts'
import { readDoneEntry } from '../done-entry.ts'
import { loadEvent } from '../load-event.ts'
import { shareAddress } from '../share-address.ts'
import type { PageServerLoad } from './$types'

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
