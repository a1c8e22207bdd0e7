import { readClock } from '@eungmo/db/queries/clock'
import type { Dependencies } from '../dependencies.ts'
import type { JobOutcome } from './job.ts'
import { type JobRunner, startJobRunner } from './job-runner.ts'
import { periodicJobs } from './periodic-jobs.ts'

/** Starts the runner of every job over the composed dependencies. */
export function startJobs(
  dependencies: Dependencies,
  databaseUrl: string,
  onOutcome?: (outcome: JobOutcome) => void,
): JobRunner {
  return startJobRunner({
    databaseUrl,
    jobs: periodicJobs(dependencies),
    readNow: () => readClock(dependencies.db),
    log: dependencies.log,
    ...(onOutcome && { onOutcome }),
  })
}
