import type { ChainRecord } from '../../src/records/record.ts'
import type { Transcript } from '../../src/records/transcript.ts'
import { type Verification, type VerifyOptions, verifyDraw } from '../../src/verify/index.ts'
import { EventFixture, FIVE_ENTRIES, QUICKNET_ROUNDS, resealed } from './event-fixture.ts'

export const [ROUND_123, ROUND_1000] = QUICKNET_ROUNDS

function found(verification: Verification): string {
  return verification.ok ? 'ok' : `${verification.step}: ${verification.error}`
}

export function check(
  transcript: unknown,
  options?: VerifyOptions,
  entries: readonly object[] = FIVE_ENTRIES,
): string {
  return found(verifyDraw(transcript, entries as typeof FIVE_ENTRIES, options))
}

export function recordOf<Type extends ChainRecord['type']>(
  records: readonly ChainRecord[],
  type: Type,
  nth = 0,
) {
  return records.filter((record) => record.type === type)[nth] as Extract<ChainRecord, { type: Type }>
}

/** The records with one of them changed and nothing else: links, hashes and signatures are computed again. */
export function rewritten(records: readonly ChainRecord[], seq: number, change: object): Transcript {
  return resealed(
    records.map((record, at) => (at === seq ? ({ ...record, ...change } as ChainRecord) : record)),
  )
}

export function quicknetEvent(): EventFixture {
  return new EventFixture({
    start: '2023-08-23T15:00:00.000Z',
    quicknet: true,
    rules: { beacon: 'quicknet' },
  })
    .at(ROUND_123.lockAt)
    .lock()
    .result()
}

/** A transcript whose result record does not even have the shape of one. */
export function withUncheckedResult(event: EventFixture, change: object): unknown {
  const transcript = event.transcript()
  const records = transcript.records.map((record) =>
    record.type === 'result' ? { ...record, ...change } : record,
  )
  return { ...transcript, records }
}
