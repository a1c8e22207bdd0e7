import { setTimeout as delay } from 'node:timers/promises'
import { isUnavailable } from '@eungmo/db/connection/statement-error'
import type { Dependencies } from '../dependencies.ts'
import { checkKeys } from './check-keys.ts'

const RETRY_INTERVAL_MS = 500

/**
 * Resolves when the database has confirmed SECRET_KEYS, however long the database is away: a process must not
 * write with other keys.
 * @throws UnsuitableKeysError
 */
export async function waitForKeys(
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'log'>,
  retryIntervalMs = RETRY_INTERVAL_MS,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await checkKeys(dependencies)
      return
    } catch (error) {
      if (!isUnavailable(error)) throw error
      if (attempt === 1) dependencies.log.warn({ err: error }, 'waiting for the database')
      await delay(retryIntervalMs)
    }
  }
}
