import { listDueReports, type StoredReport, storeReports } from '@eungmo/db/queries/notice-queue'
import type { Dependencies } from '../dependencies.ts'
import type { JobRun } from '../jobs/job.ts'
import { HOUR_MS, MINUTE_MS } from '../seoul-time.ts'

const MAX_PER_CALL = 100
/** Phone networks try for up to three days; after that a report no longer comes. */
const REPORTED_WITHIN_MS = 72 * HOUR_MS
const MIN_PAUSE_MS = 2 * MINUTE_MS
const MAX_PAUSE_MS = 6 * HOUR_MS

/**
 * Queries the provider about accepted notices, until their phone network has reported: one that it rejected becomes
 * `failed`. Returns how many reports were final.
 */
export async function readNoticeReports(
  { db, notifier }: Pick<Dependencies, 'db' | 'notifier'>,
  { now, signal }: JobRun,
): Promise<number> {
  const { phone } = notifier
  if (!phone) return 0
  let final = 0
  while (!signal.aborted) {
    const due = await listDueReports(db, { now, limit: MAX_PER_CALL })
    if (due.length === 0) break
    const reports = await phone.readReports(
      due.map(({ providerMessageId }) => providerMessageId),
      signal,
    )
    const stored = due.map(({ id, attempts, providerMessageId, changedAt }): StoredReport => {
      const report = reports.get(providerMessageId) ?? { state: 'pending' }
      if (report.state === 'failed') return { id, attempts, problem: report.problem }
      const ageMs = now.getTime() - changedAt.getTime()
      if (report.state === 'arrived' || ageMs > REPORTED_WITHIN_MS) return { id, attempts }
      // Twice as old at each query.
      const pauseMs = Math.min(Math.max(ageMs, MIN_PAUSE_MS), MAX_PAUSE_MS)
      return { id, attempts, reportDueAt: new Date(now.getTime() + pauseMs) }
    })
    await storeReports(db, stored)
    final += stored.filter(({ reportDueAt }) => reportDueAt === undefined).length
  }
  return final
}
