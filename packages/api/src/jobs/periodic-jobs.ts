import { maintainAccessLogPartitions } from '@eungmo/db/queries/access-log-partitions'
import { deleteOldClaims } from '@eungmo/db/queries/claims'
import { deleteExpiredSignIns } from '@eungmo/db/queries/expired-sign-ins'
import { deleteOldDeadLetters } from '@eungmo/db/queries/old-dead-letters'
import { expireAttempts } from '../attempts/attempt-budget.ts'
import type { Dependencies } from '../dependencies.ts'
import { destroyDue, destroyRequested } from '../destruction/destroy-due.ts'
import { drawDue } from '../draws/draw-due.ts'
import { finishOpenDraws } from '../draws/finish-open-draws.ts'
import { readNoticeReports } from '../notices/read-reports.ts'
import { remindWinners } from '../notices/remind-winners.ts'
import { createNoticeSender } from '../notices/send-due-notices.ts'
import type { Job } from './job.ts'

/** Every job of the product. A new one is added here and nowhere else. */
export function periodicJobs(dependencies: Dependencies): readonly Job[] {
  return [
    {
      // After a crash, and when the beacon publishes the round of a locked draw.
      name: 'finish-open-draws',
      everyMs: 2_000,
      run: (context) => finishOpenDraws(dependencies, context),
    },
    {
      name: 'draw-due',
      everyMs: 1_000,
      run: (context) => drawDue(dependencies, context),
    },
    {
      name: 'expire-attempts',
      everyMs: 10 * 60_000,
      run: () => expireAttempts(dependencies),
    },
    {
      name: 'delete-expired-sign-ins',
      everyMs: 10 * 60_000,
      run: () => deleteExpiredSignIns(dependencies.db),
    },
    {
      name: 'destroy-personal-data',
      everyMs: 60 * 60_000,
      run: (context) => destroyDue(dependencies, context),
    },
    {
      // Owners wait for it.
      name: 'destroy-requested-data',
      everyMs: 2_000,
      run: (context) => destroyRequested(dependencies, context),
    },
    {
      name: 'send-notices',
      everyMs: 1_000,
      run: createNoticeSender(dependencies),
    },
    {
      name: 'remind-winners',
      everyMs: 10 * 60_000,
      run: (context) => remindWinners(dependencies, context),
    },
    {
      // Until the phone networks have reported.
      name: 'read-notice-reports',
      everyMs: 30_000,
      run: (context) => readNoticeReports(dependencies, context),
    },
    {
      name: 'delete-old-claims',
      everyMs: 60 * 60_000,
      run: ({ now }) => deleteOldClaims(dependencies.db, { now }),
    },
    {
      name: 'delete-dead-letters',
      everyMs: 60 * 60_000,
      run: ({ now }) => deleteOldDeadLetters(dependencies.db, { now }),
    },
    {
      name: 'maintain-access-log',
      everyMs: 60 * 60_000,
      run: async ({ now }) => {
        const { created, dropped } = await maintainAccessLogPartitions(dependencies.sql, now)
        return created.length + dropped.length
      },
    },
  ]
}
