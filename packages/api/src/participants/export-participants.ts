import type { Executor } from '@eungmo/db/connection/client'
import { countEntries, type ParticipantRow, pageParticipants } from '@eungmo/db/queries/participants'
import type { Context } from '../context.ts'
import { csvRow } from '../csv/csv-row.ts'
import type { CsvFile } from '../csv/stream-csv.ts'
import { seoulRecordTime } from '../seoul-time.ts'
import { type CsvTable, exportCsv, type ShowPeople } from './export-csv.ts'
import { presentParticipants, sealedPerson } from './present-participant.ts'
import type { Participant } from './schema.ts'

const PAGE_SIZE = 200

export const participantsTable: CsvTable = {
  subject: { ko: '참여자', en: 'participants' },
  headings: {
    ko: ['응모 번호', '이름', '전화번호', '참여경로', '참여 일시', '매장 방문', '당첨', '마케팅 수신 동의'],
    en: [
      'Application number',
      'Name',
      'Phone number',
      'Entry path',
      'Entered at',
      'Visited',
      'Won',
      'Marketing consent',
    ],
  },
  action: 'export-participants',
  count: async (db, { id: eventId }) => (await countEntries(db, { eventId })).entries,
  rows: (db, event, show) => participantRows(db, event.id, show),
}

/** The rows of an event, oldest first; without `isListed`, all of them. */
export async function* participantRows(
  db: Executor,
  eventId: string,
  show: ShowPeople,
  isListed: (row: ParticipantRow) => boolean = () => true,
): AsyncGenerator<string> {
  let after: string | undefined
  do {
    const page = await pageParticipants(db, { eventId, after, limit: PAGE_SIZE })
    const listed = page.filter(isListed)
    if (listed.length > 0)
      yield presentParticipants(listed, show(listed.map(sealedPerson)))
        .map((participant, at) => toRow(participant, listed[at]?.marketingConsentedAt != null))
        .join('')
    after = page.length === PAGE_SIZE ? page.at(-1)?.id : undefined
  } while (after !== undefined)
}

/**
 * All participants of the owner's event as CSV, oldest first. Throws as `exportCsv` does.
 */
export const exportParticipants = (context: Context, eventId: string, body: unknown): Promise<CsvFile> =>
  exportCsv(context, eventId, body, participantsTable)

const toRow = (row: Participant, hasMarketingConsent: boolean) =>
  csvRow([
    row.applicationNumber,
    row.name,
    row.phoneNumber,
    row.entryPath,
    seoulRecordTime(new Date(row.participatedAt)),
    row.visited ? 'O' : '',
    row.isWinner ? 'O' : '',
    hasMarketingConsent ? 'O' : '',
  ])
