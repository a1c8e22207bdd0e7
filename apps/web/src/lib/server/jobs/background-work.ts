import type { logger } from '../process/logger.ts'
import { onShutdown } from '../process/shutdown.ts'
import type { BackgroundTask } from './background-task.ts'
import { jobs } from './jobs.ts'
import { relay } from './relay.ts'

const tasks: readonly BackgroundTask[] = [relay, jobs]

/** Starts every task, and stops them when the process stops. */
export async function startBackgroundWork(log: typeof logger): Promise<void> {
  for (const task of tasks) {
    const taskLog = log.child({ task: task.name })
    const stop = await task.start(taskLog)
    taskLog.debug({}, 'started')
    onShutdown(async () => {
      await stop()
      taskLog.debug({}, 'stopped')
    })
  }
}
