import * as m from '#lib/paraglide/messages.js'
import { calendarFile, calendarResponse } from '../calendar.ts'
import { loadEvent } from '../load-event.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async (event) => {
  const view = await loadEvent(event)
  const file = calendarFile({
    uid: `${view.id}-opening@eungmo`,
    title: m.calendar_opening({ title: view.title }),
    place: view.shopName,
    start: view.startsAt,
    createdAt: view.now,
    url: new URL(`/e/${view.slug}`, event.url).href,
  })
  return calendarResponse('opening', file)
}
