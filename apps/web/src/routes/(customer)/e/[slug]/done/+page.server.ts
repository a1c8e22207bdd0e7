import { readDoneEntry } from '../done-entry.ts'
import { loadEvent } from '../load-event.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const view = await loadEvent(event)
  return {
    event: {
      id: view.id,
      slug: view.slug,
      shopName: view.shopName,
      title: view.title,
      announcementDate: view.announcementDate,
      winnersPublic: view.winnersPublic,
      now: view.now,
    },
    entry: readDoneEntry(event.cookies, view.id),
  }
}
