import { listSlotHolders, type SlotHolder } from '@eungmo/db/queries/slot-holders'
import type { Context } from '../context.ts'
import type { KeyRing } from '../crypto/key-ring.ts'
import { presentWinner } from '../draws/present-winner.ts'
import { seoulRecordTime } from '../seoul-time.ts'
import { csvRow } from './csv.ts'
import { type CsvExport, type CsvTable, exportCsv } from './export-csv.ts'

const PAGE_SIZE = 200

const table: CsvTable = {
  subject: { ko: '당첨자', en: 'winners' },
  headings: {
    ko: ['순위', '경품', '이름', '전화번호', '응모 번호', '참여경로', '당첨 일시'],
    en: ['Rank', 'Prize', 'Name', 'Phone number', 'Application number', 'Entry path', 'Drawn at'],
  },
  async *rows({ db, secrets }, eventId) {
    let after: number | undefined = 0
    do {
      const page: SlotHolder[] = await listSlotHolders(db, {
        eventId,
        standing: 'selected',
        after,
        limit: PAGE_SIZE,
      })
      if (page.length > 0) yield page.map((holder) => toRow(secrets, eventId, holder)).join('')
      after = page.length === PAGE_SIZE ? page.at(-1)?.slot : undefined
    } while (after !== undefined)
  },
}

/**
 * The current winners of the owner's event as CSV. Throws UNAUTHENTICATED, FORBIDDEN and NOT_FOUND before the
 * first chunk.
 */
export const exportWinners = (context: Context, eventId: string): Promise<CsvExport> =>
  exportCsv(context, eventId, table)

function toRow(secrets: KeyRing, eventId: string, holder: SlotHolder) {
  const winner = presentWinner(secrets, eventId, holder)
  return csvRow([
    winner.rank,
    winner.prize,
    winner.name,
    winner.phoneNumber,
    winner.applicationNumber,
    holder.entryPath,
    seoulRecordTime(holder.selectedAt),
  ])
}
