import { isDataError } from '@eungmo/db/connection/statement-error'
import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import { countBatch } from '@eungmo/db/queries/analytics-count'
import { markReplayed, type StoredDeadLetter } from '@eungmo/db/queries/dead-letters'
import { z } from 'zod'
import { countBatchOf, sortOut } from './decode.ts'

const headersSchema = z.record(z.string(), z.string())

export interface ReplayOutcome {
  ok: boolean
  /** One sentence. */
  text: string
}

/**
 * Gives a dead letter another try through the same decoding and counting. What is readable now is counted,
 * once even if it was counted meanwhile, and the letter marked; what is still broken stays as it is.
 */
export async function replayDeadLetter(
  link: StatementRunner,
  letter: StoredDeadLetter,
): Promise<ReplayOutcome> {
  if (letter.replayedAt) return { ok: true, text: 'It was replayed before.' }
  const headers = headersSchema.parse(JSON.parse(letter.headers))
  const { countable, unreadable } = sortOut([{ ...letter, outboxId: null, headers }])
  const [broken] = unreadable
  if (broken) return { ok: false, text: `Still broken: ${broken.cause}` }
  try {
    const { fresh } = await countBatch(link, countBatchOf(countable))
    await markReplayed(link, letter.id)
    return { ok: true, text: fresh === 1 ? 'Counted.' : 'It had been counted already.' }
  } catch (error) {
    if (!isDataError(error)) throw error
    return {
      ok: false,
      text: `Postgres still refuses it: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}
