import { isDataError } from '@eungmo/db/connection/statement-error'
import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import { countBatch } from '@eungmo/db/queries/analytics-count'
import { markReplayed, type StoredDeadLetter } from '@eungmo/db/queries/dead-letters'
import { countViews } from '@eungmo/db/queries/entry-page-views'
import { isBelowFloor } from '@eungmo/db/queries/processed-messages'
import { z } from 'zod'
import { decodeMessages, distinctViews, toCountBatch } from './decode.ts'

const headersSchema = z.record(z.string(), z.string())

export interface ReplayOutcome {
  ok: boolean
  /** One sentence. */
  text: string
}

/**
 * Decodes and counts a dead letter again. A valid one is counted, once even if it was counted meanwhile, and
 * marked as replayed; an invalid one stays as it is. Rejects when the database fails for any other reason
 * than the letter's values.
 */
export async function replayDeadLetter(
  link: StatementRunner,
  letter: StoredDeadLetter,
): Promise<ReplayOutcome> {
  if (letter.replayedAt) return { ok: true, text: 'It was replayed before.' }
  const headers = headersSchema.parse(JSON.parse(letter.headers))
  const { entries, views, invalid } = decodeMessages([{ ...letter, outboxId: null, headers }])
  const [stillInvalid] = invalid
  if (stillInvalid) return { ok: false, text: `Still invalid: ${stillInvalid.cause}` }
  try {
    const { fresh } =
      views.length > 0
        ? await countViews(link, distinctViews(views), [])
        : await countBatch(link, toCountBatch(entries))
    await markReplayed(link, letter.id)
    return { ok: true, text: fresh === 1 ? 'Counted.' : 'It had been counted already.' }
  } catch (error) {
    if (isBelowFloor(error))
      return {
        ok: false,
        text: `It may have been counted, and is too old to tell. ${
          views.length > 0
            ? 'Views cannot be counted again.'
            : 'Run bun run rebuild, which counts participants.'
        }`,
      }
    if (!isDataError(error)) throw error
    return {
      ok: false,
      text: `PostgreSQL still rejects it: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}
