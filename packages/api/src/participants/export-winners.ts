import { countWinners, type SlotHolder } from '@eungmo/db/queries/slot-holders'
import type { Context } from '../context.ts'
import { csvRow } from '../csv/csv-row.ts'
import type { CsvFile } from '../csv/stream-csv.ts'
import { presentWinners } from '../draws/present-winner.ts'
import type { WinnerView } from '../draws/schema.ts'
import { seoulRecordTime } from '../seoul-time.ts'
import { type CsvTable, exportCsv } from './export-csv.ts'
import { pageWinners } from './page-winners.ts'

const table: CsvTable = {
  subject: { ko: '당첨자', en: 'winners' },
  headings: {
    ko: ['순위', '경품', '이름', '전화번호', '응모 번호', '참여경로', '당첨 일시'],
    en: ['Rank', 'Prize', 'Name', 'Phone number', 'Application number', 'Entry path', 'Drawn at'],
  },
  action: 'export-winners',
  count: (db, event) => countWinners(db, { eventId: event.id }),
  async *rows(db, { id: eventId }, show) {
    for await (const page of pageWinners(db, { eventId }))
      yield presentWinners(eventId, page, show).map(toRow).join('')
  },
}

/**
 * The current winners of the owner's event as CSV. Throws as `exportCsv` does.
 */
export const exportWinners = (context: Context, eventId: string, body: unknown): Promise<CsvFile> =>
  exportCsv(context, eventId, body, table)

const toRow = ({ holder, winner }: { holder: SlotHolder; winner: WinnerView }) =>
  csvRow([
    winner.rank,
    winner.prize,
    winner.name,
    winner.phoneNumber,
    winner.applicationNumber,
    holder.entryPath,
    seoulRecordTime(holder.selectedAt),
  ])
