import ical, { ICalAlarmType } from 'ical-generator'

const DURATION_MS = 30 * 60_000

export interface CalendarEntry {
  uid: string
  title: string
  place: string
  /** ISO 8601. */
  start: string
  /** When the file was created; ISO 8601. */
  createdAt: string
  url: string
}

/** A calendar file (RFC 5545) with one entry of half an hour and an alarm at its beginning. */
export function calendarFile({ uid, title, place, start, createdAt, url }: CalendarEntry): string {
  const begin = new Date(start)
  const calendar = ical({ prodId: { company: 'Eungmo', product: 'Prize events', language: 'KO' } })
  calendar
    .createEvent({
      id: uid,
      stamp: new Date(createdAt),
      start: begin,
      end: new Date(begin.getTime() + DURATION_MS),
      summary: title,
      location: place,
      url,
    })
    .createAlarm({ type: ICalAlarmType.display, trigger: 0, description: title })
  return `${calendar.toString().trimEnd()}\r\n`
}

/** The response that phones open in their calendar. */
export function calendarResponse(name: string, file: string): Response {
  return new Response(file, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `inline; filename="${name}.ics"`,
    },
  })
}
