import type { HashOptions } from '../encoding/preimage.ts'
import type { EntryInput } from '../list/entry-input.ts'
import type { EntryList } from '../list/entry-list.ts'
import { checkDraws } from './check-draws.ts'
import { checkList } from './check-list.ts'
import { type CheckOptions, runChecks, runToEnd } from './run-checks.ts'
import type { Progress, Verification } from './verification.ts'
import { exclusionWarning } from './warnings.ts'

/** `sha256` hashes the list: pass a native function where there is one. */
export type VerifyOptions = CheckOptions & HashOptions

/**
 * Checks a transcript against the whole list of entries. Returns the first error, by its step; never throws
 * for a wrong transcript, list or anchor.
 * @param transcript parsed JSON; use `parseStrictJson` for text from outside
 * @param entries the locked list, in any order; an empty array for an event that was cancelled before a lock
 * @example
 * // after the example of buildTranscript
 * import { verifyDraw } from '@eungmo/draw/verify'
 *
 * const verification = verifyDraw(transcript, list, { anchors: { head: transcript.head } })
 * verification.ok // => true
 * verification.level // => 'anchored'
 * verifyDraw(transcript, [{ id: 'alice', tickets: 9 }]).step // => 'list'
 */
export function verifyDraw(
  transcript: unknown,
  entries: EntryInput,
  options: VerifyOptions = {},
): Verification {
  return runToEnd(verifySteps(transcript, entries, options))
}

/**
 * Like {@link verifyDraw}, in pieces of about 10 ms: yields its progress, returns the verification. A page
 * calls `next()` after each frame; a worker posts each step.
 * @example
 * // after the example of buildTranscript
 * import { verifySteps } from '@eungmo/draw/verify'
 *
 * const steps = verifySteps(transcript, list)
 * steps.next().value.step // => 'shapes'
 */
export function verifySteps(
  transcript: unknown,
  entries: EntryInput,
  options: VerifyOptions = {},
): Generator<Progress, Verification> {
  return runChecks<EntryList>(
    transcript,
    {
      isEmpty: () => Array.isArray(entries) && entries.length === 0,
      list: (attempts) => checkList(attempts, entries, options),
      draws: checkDraws,
      findEntry: (list, id) => {
        const index = list.indexOf(id)
        return index < 0 ? undefined : list.entryAt(index)
      },
      warnings: exclusionWarning,
    },
    options,
  )
}
