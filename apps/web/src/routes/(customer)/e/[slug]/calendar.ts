/** Text inside an iCalendar property (RFC 5545 3.3.11). */
function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n')
}

function utcStamp(moment: string | Date): string {
  return new Date(moment)
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d{3}/, '')
}

/** Lines longer than 75 bytes are folded (RFC 5545 3.1), never inside a character. */
function fold(line: string): string {
  const lines: string[] = []
  let current = ''
  let size = 0
  for (const character of line) {
    const bytes = Buffer.byteLength(character)
    if (size + bytes > (lines.length === 0 ? 75 : 74)) {
      lines.push(current)
      current = ''
      size = 0
    }
    current += character
    size += bytes
  }
  return [...lines, current].join('\r\n ')
}

/** A calendar file with one entry of half an hour and an alarm at its beginning. */
export function calendarFile(entry: {
  uid: string
  title: string
  place: string
  start: string
  madeAt: string
  url: string
}): string {
  const end = new Date(new Date(entry.start).getTime() + 30 * 60_000)
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Eungmo//Prize events//KO',
    'BEGIN:VEVENT',
    `UID:${entry.uid}`,
    `DTSTAMP:${utcStamp(entry.madeAt)}`,
    `DTSTART:${utcStamp(entry.start)}`,
    `DTEND:${utcStamp(end)}`,
    `SUMMARY:${escapeText(entry.title)}`,
    `LOCATION:${escapeText(entry.place)}`,
    `URL:${entry.url}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escapeText(entry.title)}`,
    'TRIGGER:PT0S',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.map(fold).join('\r\n')}\r\n`
}

/** The answer that phones open in their calendar. */
export function calendarResponse(name: string, file: string): Response {
  return new Response(file, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `inline; filename="${name}.ics"`,
    },
  })
}
