import { countWinners, listSlotHolders, type SlotHolder } from '@eungmo/db/queries/slot-holders'
import type { Context } from '../context.ts'
import { csvRow } from '../csv/csv-row.ts'
import type { CsvFile } from '../csv/stream-csv.ts'
import { presentWinners } from '../draws/present-winner.ts'
import type { WinnerView } from '../draws/schema.ts'
import { seoulRecordTime } from '../seoul-time.ts'
import { type CsvTable, exportCsv } from './export-csv.ts'

const PAGE_SIZE = 200

const table: CsvTable = {
  subject: { ko: '당첨자', en: 'winners' },
  headings: {
    ko: ['순위', '경품', '이름', '전화번호', '응모 번호', '참여경로', '당첨 일시'],
    en: ['Rank', 'Prize', 'Name', 'Phone number', 'Application number', 'Entry path', 'Drawn at'],
  },
  action: 'export-winners',
  count: (db, eventId) => countWinners(db, { eventId }),
  async *rows(db, eventId, show) {
    let after: number | undefined = 0
    do {
      const page: SlotHolder[] = await listSlotHolders(db, {
        eventId,
        standing: 'selected',
        after,
        limit: PAGE_SIZE,
      })
      if (page.length > 0) yield presentWinners(eventId, page, show).map(toRow).join('')
      after = page.length === PAGE_SIZE ? page.at(-1)?.slot : undefined
    } while (after !== undefined)
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
