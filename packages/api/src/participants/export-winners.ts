import { listSlotHolders } from '@eungmo/db/queries/slot-holders'
import type { Context } from '../context.ts'
import { presentWinner } from '../draws/present-winner.ts'
import { seoulRecordTime } from '../seoul-time.ts'
import { csvRow } from './csv.ts'
import { type CsvExport, type CsvTable, exportCsv } from './export-csv.ts'

const table: CsvTable = {
  subject: { ko: '당첨자', en: 'winners' },
  headings: {
    ko: ['순위', '경품', '이름', '전화번호', '응모 번호', '참여경로', '당첨 일시'],
    en: ['Rank', 'Prize', 'Name', 'Phone number', 'Application number', 'Entry path', 'Drawn at'],
  },
  async *rows({ db, secrets }, eventId) {
    for (const holder of await listSlotHolders(db, { eventId, standing: 'selected' })) {
      const winner = presentWinner(secrets, eventId, holder)
      yield csvRow([
        winner.rank,
        winner.prize,
        winner.name,
        winner.phoneNumber,
        winner.applicationNumber,
        holder.entryPath,
        seoulRecordTime(holder.selectedAt),
      ])
    }
  },
}

/**
 * The current winners of the owner's event as CSV. Throws UNAUTHENTICATED, FORBIDDEN and NOT_FOUND before the
 * first chunk.
 */
export const exportWinners = (context: Context, eventId: string): Promise<CsvExport> =>
  exportCsv(context, eventId, table)
