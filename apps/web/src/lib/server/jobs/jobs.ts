import { startJobs } from '@eungmo/api/jobs/start-jobs'
import { DATABASE_URL, JOBS } from '$app/env/private'
import { dependencies } from '../process/dependencies.ts'
import { metrics } from '../process/metrics.ts'
import type { BackgroundTask } from './background-task.ts'
import { createJobMetrics } from './job-metrics.ts'
import { registerNoticeMetrics } from './notice-metrics.ts'
import { registerOverdueMetrics } from './overdue-metrics.ts'

/**
 * Runs the periodic jobs while this process holds their lease, unless JOBS=off leaves them to `bun run jobs`.
 */
export const jobs: BackgroundTask = {
  name: 'jobs',
  async start() {
    registerOverdueMetrics(metrics, dependencies())
    registerNoticeMetrics(metrics, dependencies())
    if (JOBS === 'off') return async () => undefined
    return startJobs(dependencies(), DATABASE_URL, createJobMetrics(metrics)).stop
  },
}
