import { type ParticipantRow, pageParticipants } from '@eungmo/db/queries/participants'
import type { Context } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Locale } from '../locale.ts'
import { seoulRecordTime } from '../seoul-time.ts'
import { CSV_BOM, csvRow } from './csv.ts'
import { prepareExport } from './prepare-export.ts'
import { presentParticipant } from './present-participant.ts'

const headings = {
  ko: ['응모 번호', '이름', '전화번호', '참여경로', '참여 일시', '매장 방문', '당첨'],
  en: ['Application number', 'Name', 'Phone number', 'Entry path', 'Entered at', 'Visited', 'Won'],
} as const satisfies Record<Locale, readonly string[]>

const PAGE_SIZE = 1_000

/**
 * All participants of the viewer's event as CSV, oldest first, read from the database as the response is
 * sent. Throws UNAUTHENTICATED, FORBIDDEN (staff, and another shop's event) and NOT_FOUND before the first
 * chunk.
 */
export async function exportParticipants(context: Context, eventId: string) {
  const { event, fileName } = await prepareExport(context, eventId, { ko: '참여자', en: 'participants' })
  return { fileName, chunks: chunks(context.dependencies, event.id, context.locale) }
}

async function* chunks(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  eventId: string,
  locale: Locale,
): AsyncGenerator<string> {
  yield CSV_BOM + csvRow(headings[locale])
  let after: string | undefined
  do {
    const rows = await pageParticipants(db, { eventId, after, limit: PAGE_SIZE })
    if (rows.length > 0)
      yield rows.map((row) => line(row, presentParticipant(secrets, row).phoneNumber)).join('')
    after = rows.length === PAGE_SIZE ? rows.at(-1)?.id : undefined
  } while (after !== undefined)
}

const line = (row: ParticipantRow, phoneNumber: string | null) =>
  csvRow([
    row.applicationNumber,
    row.name,
    phoneNumber,
    row.entryPath,
    seoulRecordTime(row.participatedAt),
    row.visited ? 'O' : '',
    row.isWinner ? 'O' : '',
  ])
