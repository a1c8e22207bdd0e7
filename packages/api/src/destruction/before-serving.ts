import { DESTRUCTION_LOCK } from '@eungmo/db/connection/advisory-locks'
import { acquireLease } from '@eungmo/db/connection/lease'
import { isUnavailable } from '@eungmo/db/connection/statement-error'
import { readClock } from '@eungmo/db/queries/clock'
import { pause } from '@eungmo/db/timing/pause'
import type { Dependencies } from '../dependencies.ts'
import { destroyDue } from './destroy-due.ts'
import { createJournal } from './journal/journal-file.ts'
import { replayJournal } from './journal/replay-journal.ts'

const RETRY_INTERVAL_MS = 500

/**
 * Destroys again what a restored backup brought back: call it before a process serves. Resolves when the database
 * lacks no line of DESTRUCTION_JOURNAL, everything whose date is over is destroyed, and the file lacks nothing of
 * the database. One process at a time does it, and the others wait for it. Waits for a database that is away.
 *
 * An event that cannot be destroyed by its date is logged, counted by `eungmo_personal_data_overdue` and repeated
 * by the job: it must not stop every shop. Rejects where the journal cannot be opened or replayed: nothing would
 * repeat that.
 */
export async function destroyBeforeServing(dependencies: Dependencies, databaseUrl: string): Promise<void> {
  const { log, destructionJournal } = dependencies
  const { path } = destructionJournal
  if (path !== undefined) await createJournal(path)
  const lease = await acquireLease(databaseUrl, DESTRUCTION_LOCK, new AbortController().signal, {
    name: 'eungmo destruction',
    onError: (err) => log.warn({ err }, 'waiting for the database before the destruction'),
  })
  try {
    if (path !== undefined) await whileAway(dependencies, () => replayOwnJournal(dependencies, path))
    await whileAway(dependencies, () => destroyDueOnce(dependencies))
  } finally {
    await lease?.release()
  }
  await destructionJournal.write()
}

/** Repeats `run` while the database is away. */
async function whileAway({ log }: Pick<Dependencies, 'log'>, run: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await run()
      return
    } catch (error) {
      if (!isUnavailable(error)) throw error
      log.warn({ err: error }, 'waiting for the database before the destruction')
      await pause(RETRY_INTERVAL_MS)
    }
  }
}

async function replayOwnJournal(dependencies: Dependencies, path: string): Promise<void> {
  const { log } = dependencies
  const { lines, people, unreadable } = await replayJournal(dependencies, path)
  if (lines > 0) log.info({ count: people }, 'replayed early destructions from the journal')
  // A line is on the disk before anybody is told of it: one that was half written was never confirmed.
  if (unreadable.length > 0)
    log.error({ count: unreadable.length }, 'the journal of destructions has unreadable lines')
}

async function destroyDueOnce(dependencies: Dependencies): Promise<void> {
  try {
    const count = await destroyDue(dependencies, { now: await readClock(dependencies.db) })
    if (count > 0) dependencies.log.info({ count }, 'destroyed what was due before serving')
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error
    const away = error.errors.find(isUnavailable)
    if (away !== undefined) throw away
    dependencies.log.error({ err: error }, 'serving although not all personal data that is due was destroyed')
  }
}
