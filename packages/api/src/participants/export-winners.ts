import { listSlotHolders } from '@eungmo/db/queries/draw-winners'
import type { Context } from '../context.ts'
import { decryptPhone } from '../crypto/phone-cipher.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Locale } from '../locale.ts'
import { seoulRecordTime } from '../seoul-time.ts'
import { displayPhone } from '../validation/phone.ts'
import { CSV_BOM, csvRow } from './csv.ts'
import { prepareExport } from './prepare-export.ts'

const headings = {
  ko: ['순위', '경품', '이름', '전화번호', '응모 번호', '참여경로', '당첨 일시'],
  en: ['Rank', 'Prize', 'Name', 'Phone number', 'Application number', 'Entry path', 'Drawn at'],
} as const satisfies Record<Locale, readonly string[]>

/**
 * The current winners of the viewer's event as CSV. Throws UNAUTHENTICATED, FORBIDDEN and NOT_FOUND before
 * the first chunk.
 */
export async function exportWinners(context: Context, eventId: string) {
  const { event, fileName } = await prepareExport(context, eventId, { ko: '당첨자', en: 'winners' })
  return { fileName, chunks: chunks(context.dependencies, event.id, context.locale) }
}

async function* chunks(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  eventId: string,
  locale: Locale,
): AsyncGenerator<string> {
  yield CSV_BOM + csvRow(headings[locale])
  for (const winner of await listSlotHolders(db, { eventId, current: true })) {
    const owner = { eventId, participantId: winner.participantId }
    yield csvRow([
      winner.slot,
      winner.prize,
      winner.name,
      winner.phoneNumber && displayPhone(decryptPhone(secrets, owner, winner.phoneNumber)),
      winner.applicationNumber,
      winner.entryPath,
      seoulRecordTime(winner.selectedAt),
    ])
  }
}
