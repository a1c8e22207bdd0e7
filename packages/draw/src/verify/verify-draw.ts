import type { HashOptions } from '../encoding/preimage.ts'
import type { EntryInput } from '../list/entry-input.ts'
import type { EntryList } from '../list/entry-list.ts'
import { checkDraws } from './check-draws.ts'
import { checkList } from './check-list.ts'
import { type CheckOptions, finished, runChecks } from './run-checks.ts'
import type { Progress, Verification } from './verification.ts'
import { exclusionWarning } from './warnings.ts'

/** `sha256` hashes the list: pass a native function where there is one. */
export type VerifyOptions = CheckOptions & HashOptions

/**
 * Checks a transcript against the whole list of entries, and names the first thing that is wrong. Never throws for what
 * it is given to check, whatever that is.
 * @param transcript as it came out of JSON
 * @param entries the locked list, in any order
 */
export function verifyDraw(
  transcript: unknown,
  entries: EntryInput,
  options: VerifyOptions = {},
): Verification {
  return finished(verifySteps(transcript, entries, options))
}

/**
 * As {@link verifyDraw}, in pieces of about 10 ms: yields where it stands, returns the verification. A page goes on
 * with `next()` when it has drawn a frame; a worker posts each step.
 */
export function verifySteps(
  transcript: unknown,
  entries: EntryInput,
  options: VerifyOptions = {},
): Generator<Progress, Verification> {
  return runChecks<EntryList>(
    transcript,
    {
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
