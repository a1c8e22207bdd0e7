import type { Executor } from '@eungmo/db/connection/client'
import { listSlotHolders } from '@eungmo/db/queries/draw-winners'
import { toHex } from '@eungmo/draw/encoding'
import { personHash } from '@eungmo/draw/list'
import { buildTranscript, type Opening } from '@eungmo/draw/records'
import type { KeyRing } from '../crypto/key-ring.ts'
import { decryptPhone } from '../crypto/phone-cipher.ts'
import { readChain, signatureOf } from '../rules-record/chain.ts'
import { requireDrawnEvent } from './require-drawn-event.ts'
import type { TranscriptView } from './schema.ts'

interface TranscriptReader {
  db: Executor
  secrets: KeyRing
}

/**
 * The transcript that a draw belongs to: its event's records, without a lock that still has no result. The
 * winners' openings are included from the announcement date on, as the text of the rules says. Throws
 * NOT_FOUND and DRAW_IN_PROGRESS.
 */
export async function readTranscript(
  dependencies: TranscriptReader,
  drawLogId: string,
): Promise<TranscriptView> {
  const event = await requireDrawnEvent(dependencies.db, drawLogId)
  const chain = await readChain(dependencies.db, event.id)
  const end = chain.records.at(-1)?.type === 'lock' ? -1 : undefined
  const records = chain.records.slice(0, end)
  const signatures = chain.rows.slice(0, end).map(signatureOf)
  const openings = event.announcementDate <= event.now ? await readOpenings(dependencies, event.id) : []
  const transcript = buildTranscript(records, signatures, openings)
  return { ...transcript, records: records.map((record) => ({ ...record })), signatures, openings }
}

async function readOpenings({ db, secrets }: TranscriptReader, eventId: string): Promise<Opening[]> {
  const holders = await listSlotHolders(db, { eventId })
  return holders
    .flatMap(({ entryIndex, applicationNumber, phoneNumber, entrySalt, participantId }) => {
      if (applicationNumber === null || phoneNumber === null || entrySalt === null) return []
      const phone = decryptPhone(secrets, { eventId, participantId }, phoneNumber)
      return { index: entryIndex, applicationNumber, person: toHex(personHash(entrySalt, phone)) }
    })
    .toSorted((a, b) => a.index - b.index)
}
