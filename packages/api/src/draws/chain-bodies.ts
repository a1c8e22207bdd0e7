import type { Executor } from '@eungmo/db/connection/client'
import { listDrawRecords } from '@eungmo/db/queries/draw-records'
import {
  type ChainTip,
  findChainTip,
  findTranscriptTip,
  listRecordTexts,
  listSignatures,
  type TranscriptTip,
} from '@eungmo/db/queries/public-chain'
import { PROTOCOL } from '@eungmo/draw/encoding'
import { contentVersion } from '../content-version.ts'
import { DomainError } from '../errors/domain-error.ts'
import type { PublicBody } from '../public-body.ts'
import { recordOf } from '../rules-record/chain.ts'
import { drawInProgress } from './require-draw-state.ts'

/** Records per slice: all results of an event together have some megabytes, and any other record 1 KB. */
const RECORDS_PER_SLICE = 500

const contentType = 'application/json'

/** An event's chain so far, as JSON. Rejects with NOT_FOUND before publication. */
export async function chainBody(db: Executor, eventId: string): Promise<PublicBody> {
  const tip = await findChainTip(db, { eventId })
  if (!tip) throw new DomainError('NOT_FOUND')
  return {
    version: `chain-${tip.hash}`,
    contentType,
    async *chunks() {
      yield* recordsAndSignatures(db, tip)
      yield `,"head":"${tip.hash}","texts":${JSON.stringify(await rulesTexts(db, tip))}}`
    },
  }
}

/**
 * The transcript that a draw belongs to, as JSON: its event's records, without a lock that still has no result.
 * The winners' openings are included from the announcement date on, as the text of the rules says. Rejects with
 * NOT_FOUND and DRAW_IN_PROGRESS.
 */
export async function transcriptBody(db: Executor, drawLogId: string): Promise<PublicBody> {
  const read = async (withOpenings: boolean): Promise<TranscriptTip> => {
    const found = await findTranscriptTip(db, { drawLogId, withOpenings })
    if (!found) throw new DomainError('NOT_FOUND')
    if (!found.isDrawn) throw drawInProgress({ id: drawLogId, drawsAt: found.drawsAt })
    return found.tip
  }
  const tip = await read(false)
  const version = contentVersion(`${tip.hash} ${tip.openingsHash}`)
  return {
    version: `transcript-${version}`,
    contentType,
    async *chunks() {
      const { openings, ...newest } = await read(true)
      yield* transcript(db, newest, openings ?? '')
    },
  }
}

/**
 * The transcript of a chain that ended without a draw: it has no openings. Rejects with NOT_FOUND before
 * publication.
 */
export async function undrawnTranscriptBody(db: Executor, eventId: string): Promise<PublicBody> {
  const tip = await findChainTip(db, { eventId })
  if (!tip) throw new DomainError('NOT_FOUND')
  return { version: `transcript-${tip.hash}`, contentType, chunks: () => transcript(db, tip, '') }
}

async function* transcript(db: Executor, tip: ChainTip, openings: string): AsyncGenerator<string> {
  yield* recordsAndSignatures(db, tip)
  yield `,"openings":[${openings}],"head":"${tip.hash}"}`
}

/** The beginning of both. Records are canonical JSON, and stand in the text as they were hashed. */
async function* recordsAndSignatures(db: Executor, tip: ChainTip): AsyncGenerator<string> {
  yield `{"v":"${PROTOCOL}","records":[`
  yield* inSlices(tip, (slice) => listRecordTexts(db, slice))
  yield '],"signatures":['
  yield* inSlices(tip, async (slice) => (await listSignatures(db, slice)).map((hex) => JSON.stringify(hex)))
  yield ']'
}

type Slice = Parameters<typeof listRecordTexts>[1]

/** The elements of a JSON array up to the tip. A chain only grows, so that slices fit each other. */
async function* inSlices(
  { eventId, seq: upTo }: ChainTip,
  read: (slice: Slice) => Promise<string[]>,
): AsyncGenerator<string> {
  for (let after = -1; after < upTo; after += RECORDS_PER_SLICE) {
    const elements = await read({ eventId, after, upTo, limit: RECORDS_PER_SLICE })
    yield (after < 0 ? '' : ',') + elements.join(',')
  }
}

/** The texts that rules records commit to, and what is shown next to them. */
async function rulesTexts(db: Executor, { eventId, seq: upTo }: ChainTip) {
  const rows = await listDrawRecords(db, { eventId, type: 'rules' })
  return rows.flatMap((row) => {
    const record = recordOf(row)
    if (row.seq > upTo || record.type !== 'rules' || record.textHash === null || row.rulesText === null)
      return []
    return {
      seq: row.seq,
      textHash: record.textHash,
      text: row.rulesText,
      entriesSoFar: row.entriesSoFar ?? 0,
      changeReason: row.changeReason,
    }
  })
}
