import { entryTree } from '../../src/list/entry-tree.ts'
import { type Entry, toEntryList } from '../../src/list/index.ts'
import { type InclusionProof, inclusionProof } from '../../src/receipts/inclusion-proof.ts'
import type { Transcript } from '../../src/records/transcript.ts'
import { type Anchors, verifyDraw } from '../../src/verify/index.ts'
import { entrant, receiptFor } from './entrants.ts'
import { EventFixture, FIVE_ENTRIES, QUICKNET_ROUNDS } from './event-fixture.ts'
import { quicknetRedraw, shopEvent } from './vector-events.ts'
import { wrongCases } from './wrong-transcripts.ts'

/** What a list with a visit bonus of one ticket may hold. */
const ONE_OR_TWO = FIVE_ENTRIES.map((entry) => ({ ...entry, tickets: Math.min(entry.tickets, 2) }))

export interface TranscriptVector {
  readonly name: string
  readonly transcript: unknown
  readonly entries: readonly Entry[]
  readonly anchors: Anchors
  readonly ok: boolean
  /** The step that fails; null where none does. */
  readonly step: string | null
  readonly error: string | null
  readonly level: string | null
  readonly warnings: readonly string[]
  /** Proofs of all entries drawn, for the light check; the first vectors have them. */
  readonly proofs: readonly InclusionProof[]
}

/** Whole events, right and wrong, with the verdict that a verifier must reach. */
export function transcriptVectors(): TranscriptVector[] {
  return [...rightOnes(), ...wrongOnes()]
}

function vector(
  name: string,
  transcript: unknown,
  entries: readonly Entry[],
  anchors: Anchors = {},
): TranscriptVector {
  const verification = verifyDraw(transcript, entries, { anchors })
  return {
    name,
    transcript,
    entries,
    anchors,
    ok: verification.ok,
    step: verification.ok ? null : verification.step,
    error: verification.ok ? null : verification.error,
    level: verification.ok ? verification.level : null,
    warnings: verification.ok ? verification.warnings.map((warning) => warning.code) : [],
    proofs: verification.ok ? proofsOf(transcript as Transcript, entries) : [],
  }
}

function proofsOf(transcript: Transcript, entries: readonly Entry[]): InclusionProof[] {
  if (entries.length === 0) return []
  const tree = entryTree(toEntryList(entries))
  const drawn = transcript.records.flatMap((record) => (record.type === 'result' ? record.draws : []))
  return drawn.map(({ index }) => inclusionProof(tree, index))
}

function rightOnes(): TranscriptVector[] {
  const cli = new EventFixture({ secret: null, chainLength: 1, rules: { textHash: null } }).lock().result()
  const two = new EventFixture().lock().result().withdraw(1).withdraw(2, 'declined').lock().result()
  const open = new EventFixture({ rules: { alternateCount: 0 } }).lock().result().withdraw(1).lock()
  const [{ lockAt }] = QUICKNET_ROUNDS
  const start = '2023-08-23T15:00:00.000Z'
  const lost = new EventFixture({ start, quicknet: true, rules: { beacon: 'quicknet' } })
    .at(lockAt)
    .lock({ lost: true })
    .result()
  const amended = new EventFixture({ start, quicknet: true, rules: { endsAt: '2023-09-01T00:00:00.000Z' } })
    .amend({ winnerCount: 1, alternateCount: 0, beacon: 'quicknet', endsAt: '2023-08-23T15:10:00.000Z' })
    .at(lockAt)
    .lock()
    .result()
  const shop = shopEvent()
  const decided = new EventFixture({ entries: ONE_OR_TWO, rules: { visitBonus: null } })
    .lock({ visitBonus: 1 })
    .result()
  const fewer = new EventFixture({ rules: { winnerCount: 3, alternateCount: 5 } }).lock().result()
  const cancelled = new EventFixture().amend({ winnerCount: 3 }).cancel()
  return [
    vector('command line: no key, no anchors', cli.transcript(), FIVE_ENTRIES),
    vector('two attempts without a beacon', two.transcript(), FIVE_ENTRIES),
    vector('two attempts with quicknet rounds 123 and 1000', quicknetRedraw().transcript(), FIVE_ENTRIES),
    vector('the second attempt is still open', open.transcript(), FIVE_ENTRIES),
    vector('the secret is lost', lost.transcript(), FIVE_ENTRIES),
    vector('rules amended to a beacon and an early close', amended.transcript(), FIVE_ENTRIES),
    vector('a shop, with openings and every anchor', shop.transcript, shop.entries, shop.anchors),
    vector('the visit bonus decided at the lock', decided.transcript(), ONE_OR_TWO),
    vector('fewer alternates than promised', fewer.transcript(), FIVE_ENTRIES),
    vector('cancelled, with a receipt', cancelled.transcript(), [], {
      receipt: receiptFor(cancelled, entrant(0)),
    }),
  ]
}

function wrongOnes(): TranscriptVector[] {
  return wrongCases().map(([name, transcript, entries = FIVE_ENTRIES, anchors = {}]) =>
    vector(name, transcript, entries, anchors),
  )
}
