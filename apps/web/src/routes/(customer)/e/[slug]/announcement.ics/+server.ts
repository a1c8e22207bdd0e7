import * as m from '#lib/paraglide/messages.js'
import { calendarFile, calendarResponse } from '../calendar.ts'
import { loadEvent } from '../load-event.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async (event) => {
  const view = await loadEvent(event)
  const file = calendarFile({
    uid: `${view.id}-announcement@eungmo`,
    title: m.calendar_announcement({ title: view.title }),
    place: view.shopName,
    start: view.announcementDate,
    createdAt: view.now,
    url: new URL(`/e/${view.slug}/winners`, event.url).href,
  })
  return calendarResponse('announcement', file)
}
