import { isHex } from '../encoding/hex.ts'
import { parseStrictJson } from '../encoding/strict-json.ts'
import { parseEntriesCsv } from '../list/entry-csv.ts'
import type { EntryList } from '../list/entry-list.ts'
import type { SignedReceipt } from '../receipts/receipt.ts'
import { type Anchors, STEPS, type Verification, type Verified, verifyDraw } from '../verify/index.ts'
import { readArguments, readText, UsageError } from './arguments.ts'
import { nativeSha256 } from './native-sha256.ts'

const HASH_ANCHORS = {
  'rules-hash': 'rulesHash',
  'lock-hash': 'lockHash',
  'operator-key': 'operatorKey',
  head: 'head',
} as const

/**
 * `eungmo-draw verify`: checks a transcript against a CSV file. Returns the verdict and the lines to print.
 */
export function verifyCommand(words: readonly string[]): { verified: boolean; lines: string[] } {
  const { file, value } = readArguments(words, ['entries', 'receipt', ...Object.keys(HASH_ANCHORS)])
  const entriesFile = value('entries')
  const transcriptText = readText(file)
  const transcript = read(() => parseStrictJson(transcriptText))
  if (entriesFile === undefined && !(transcript.ok && isCancelled(transcript.value)))
    throw new UsageError('--entries is missing')
  const entriesText = entriesFile === undefined ? null : readText(entriesFile)
  const anchors = anchorsOf(value)
  if (!transcript.ok) return failed('shapes', `${file}: ${transcript.message}`)
  const verification = verifyDraw(transcript.value, [], { anchors }) // an error before the step 'list' comes first
  if (entriesText === null) return reportOf(verification)
  if (!verification.ok && STEPS.indexOf(verification.step) < STEPS.indexOf('list'))
    return reportOf(verification)
  const list = read(() => parseEntriesCsv(entriesText))
  if (!list.ok) return failed('list', `${entriesFile}: ${list.message}`)
  return reportOf(verifyDraw(transcript.value, list.value, { anchors, sha256: nativeSha256 }), list.value)
}

/** Whether a transcript ends with a cancellation, so that there is no list to check. */
function isCancelled(transcript: unknown): boolean {
  const { records } = Object(transcript) as { records?: unknown }
  const last: unknown = Array.isArray(records) ? records.at(-1) : null
  return Object(last).type === 'cancel'
}

function reportOf(verification: Verification, list?: EntryList): { verified: boolean; lines: string[] } {
  if (!verification.ok) return failed(verification.step, verification.error, verification.steps)
  return {
    verified: true,
    lines: [...STEPS.map((step) => `  ok    ${step}`), ...stateLines(verification, list)],
  }
}

function failed(
  step: string,
  error: string,
  passed: readonly string[] = [],
): { verified: false; lines: string[] } {
  return {
    verified: false,
    lines: [...passed.map((name) => `  ok    ${name}`), `  FAIL  ${step}`, `NOT VERIFIED: ${step}: ${error}`],
  }
}

function stateLines({ level, anchors, beacons, warnings, state }: Verified, list?: EntryList): string[] {
  return [
    ...state.slots.map((holder, at) => `  slot ${at + 1}: ${holder === null ? 'empty' : holder.draw.id}`),
    ...state.waiting.map((drawn) => `  waiting, rank ${drawn.rank}: ${drawn.id}`),
    ...beacons.map((beacon) => `  attempt ${beacon.attempt}: ${beacon.message}`),
    ...warnings.map((warning) => `  note: ${warning.message}`),
    ...anchors.map((anchor) => `  anchor, ${anchor.kind}: ${anchor.message}`),
    level === 'anchored'
      ? `VERIFIED: anchored by ${anchors.length} value(s) from outside the transcript, ${list?.size ?? 0} entries`
      : `VERIFIED: consistent, ${list?.size ?? 0} entries. Without an anchor (receipt, rules hash, lock hash, ` +
        'operator key, head) a transcript rewritten as a whole would also pass.',
  ]
}

function anchorsOf(value: (name: string) => string | undefined): Anchors {
  const anchors: Record<string, unknown> = {}
  for (const [option, key] of Object.entries(HASH_ANCHORS)) {
    const hash = value(option)
    if (hash === undefined) continue
    if (!isHex(hash, 32)) throw new UsageError(`--${option} must be 64 lowercase hex digits`)
    anchors[key] = hash
  }
  const receiptFile = value('receipt')
  if (receiptFile === undefined) return anchors
  const receipt = read(() => parseStrictJson(readText(receiptFile)) as unknown as SignedReceipt)
  if (!receipt.ok) throw new UsageError(`${receiptFile}: ${receipt.message}`)
  return { ...anchors, receipt: receipt.value }
}

type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string }

/** The value that a parser returns, or the message of its error. */
function read<Value>(reader: () => Value): Read<Value> {
  try {
    return { ok: true, value: reader() }
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error
    return { ok: false, message: error.message }
  }
}
