import { pageParticipants } from '@eungmo/db/queries/participants'
import type { Context } from '../context.ts'
import { seoulRecordTime } from '../seoul-time.ts'
import { csvRow } from './csv.ts'
import { type CsvExport, type CsvTable, exportCsv } from './export-csv.ts'
import { presentParticipant } from './present-participant.ts'
import type { Participant } from './schema.ts'

const PAGE_SIZE = 200

const table: CsvTable = {
  subject: { ko: '참여자', en: 'participants' },
  headings: {
    ko: ['응모 번호', '이름', '전화번호', '참여경로', '참여 일시', '매장 방문', '당첨'],
    en: ['Application number', 'Name', 'Phone number', 'Entry path', 'Entered at', 'Visited', 'Won'],
  },
  async *rows({ db, secrets }, eventId) {
    let after: string | undefined
    do {
      const page = await pageParticipants(db, { eventId, after, limit: PAGE_SIZE })
      if (page.length > 0) yield page.map((row) => toRow(presentParticipant(secrets, row))).join('')
      after = page.length === PAGE_SIZE ? page.at(-1)?.id : undefined
    } while (after !== undefined)
  },
}

/**
 * All participants of the owner's event as CSV, oldest first. Throws UNAUTHENTICATED, FORBIDDEN (staff, and
 * another shop's event) and NOT_FOUND before the first chunk.
 */
export const exportParticipants = (context: Context, eventId: string): Promise<CsvExport> =>
  exportCsv(context, eventId, table)

const toRow = (row: Participant) =>
  csvRow([
    row.applicationNumber,
    row.name,
    row.phoneNumber,
    row.entryPath,
    seoulRecordTime(new Date(row.participatedAt)),
    row.visited ? 'O' : '',
    row.isWinner ? 'O' : '',
  ])
