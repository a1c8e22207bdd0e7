import { countWinners, type SlotHolder } from '@eungmo/db/queries/slot-holders'
import type { Context } from '../context.ts'
import { csvRow } from '../csv/csv-row.ts'
import type { CsvFile } from '../csv/stream-csv.ts'
import { presentWinners } from '../draws/present-winner.ts'
import { slotsOfPrizes } from '../draws/prize-of-slot.ts'
import type { WinnerView } from '../draws/schema.ts'
import type { Locale } from '../locale.ts'
import { prizeTax, type TaxedPrize, type TaxPayer } from '../prizes/prize-tax.ts'
import { seoulRecordTime } from '../seoul-time.ts'
import { type CsvTable, exportCsv } from './export-csv.ts'
import { pageWinners } from './page-winners.ts'

const payers: Record<TaxPayer, Record<Locale, string>> = {
  winner: { ko: '당첨자', en: 'winner' },
  shop: { ko: '매장', en: 'shop' },
}

/** With two columns that stay empty: Eungmo neither requests nor stores what belongs in them. */
const headings: CsvTable['headings'] = {
  ko: [
    '응모 번호',
    '이름',
    '전화번호',
    '경품',
    '경품 가격(원)',
    '과세',
    '소득 금액(원)',
    '소득세(원)',
    '지방소득세(원)',
    '세금 합계(원)',
    '세금 부담',
    '경품 전달일',
    '주민등록번호 (매장에서 직접 작성)',
    '주소 (매장에서 직접 작성)',
  ],
  en: [
    'Application number',
    'Name',
    'Phone number',
    'Prize',
    'Value (won)',
    'Taxed',
    'Income (won)',
    'Income tax (won)',
    'Local income tax (won)',
    'Tax in all (won)',
    'Tax paid by',
    'Handed over on',
    'Resident registration number (for the shop to fill in)',
    'Address (for the shop to fill in)',
  ],
}

const tableIn = (locale: Locale): CsvTable => ({
  subject: { ko: '제세공과금', en: 'prize tax' },
  headings,
  action: 'export-prize-tax',
  async count(db, event) {
    let people = 0
    for (const { first, last } of valued(event.prizes))
      people += await countWinners(db, { eventId: event.id, after: first - 1, upTo: last })
    return people
  },
  async *rows(db, { id: eventId, prizes }, show) {
    for (const { prize, first, last } of valued(prizes))
      for await (const page of pageWinners(db, { eventId, first, last }))
        yield presentWinners(eventId, page, show)
          .map((person) => toRow(person, prize, locale))
          .join('')
  },
})

/**
 * The current winners of prizes with a value, as CSV for what the shop declares and pays to the tax office: those
 * up to 50,000 won too, since the shop counts them, but only those above are marked as taxed. Throws as
 * `exportCsv` does.
 */
export const exportPrizeTax = (context: Context, eventId: string, body: unknown): Promise<CsvFile> =>
  exportCsv(context, eventId, body, tableIn(context.locale))

const valued = <Prize extends TaxedPrize & { count: number }>(prizes: readonly Prize[]) =>
  slotsOfPrizes(prizes).filter(({ prize }) => prize.valueWon !== null)

function toRow(
  { holder, winner }: { holder: SlotHolder; winner: WinnerView },
  prize: TaxedPrize,
  locale: Locale,
): string {
  const tax = prizeTax(prize)
  return csvRow([
    winner.applicationNumber,
    winner.name,
    winner.phoneNumber,
    winner.prize,
    prize.valueWon,
    tax ? 'O' : '',
    tax ? tax.incomeWon : prize.valueWon,
    tax ? tax.incomeTaxWon : 0,
    tax ? tax.localTaxWon : 0,
    tax ? tax.totalWon : 0,
    tax ? payers[tax.paidBy][locale] : '',
    holder.handedOverAt ? seoulRecordTime(holder.handedOverAt).slice(0, 10) : '',
    '',
    '',
  ])
}
