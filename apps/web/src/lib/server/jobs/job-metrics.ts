import type { JobOutcome } from '@eungmo/api/jobs/job'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** Registers the metrics of the jobs and returns what records a run in them. */
export function createJobMetrics(registry: Registry): (outcome: JobOutcome) => void {
  const common = { labelNames: ['job'], registers: [registry] }
  const runs = new Counter({
    ...common,
    name: 'eungmo_job_runs_total',
    help: 'Runs of a job, failed ones too',
  })
  const failures = new Counter({
    ...common,
    name: 'eungmo_job_failures_total',
    help: 'Runs of a job that failed',
  })
  const done = new Counter({ ...common, name: 'eungmo_job_items_total', help: 'Things that a job did' })
  const duration = new Histogram({
    ...common,
    name: 'eungmo_job_duration_seconds',
    help: 'Time that a run of a job took',
    buckets: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120],
  })
  const lastSuccess = new Gauge({
    ...common,
    name: 'eungmo_job_last_success_timestamp_seconds',
    help: 'When a job last succeeded in this process, in Unix time',
  })
  return ({ job, seconds, count }) => {
    runs.inc({ job })
    duration.observe({ job }, seconds)
    if (count === null) {
      failures.inc({ job })
      return
    }
    done.inc({ job }, count)
    lastSuccess.setToCurrentTime({ job })
  }
}
