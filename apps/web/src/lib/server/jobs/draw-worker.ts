import { finishOpenDraws } from '@eungmo/api/draws/finish-open-draws'
import { dependencies } from '../process/dependencies.ts'
import type { BackgroundTask } from './background.ts'

const EVERY = 2_000

/** Finishes draws whose result is still missing: after a crash, and when the beacon's round comes out. */
export const task: BackgroundTask = {
  name: 'draw-worker',
  async start(logger) {
    const stopping = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let turn = Promise.resolve()

    const work = async () => {
      try {
        const finished = await finishOpenDraws(dependencies(), stopping.signal)
        if (finished > 0) logger.info({ finished }, 'finished open draws')
      } catch (error) {
        logger.warn({ err: error }, 'open draws could not be read')
      }
      if (!stopping.signal.aborted) timer = setTimeout(next, EVERY)
    }
    const next = () => {
      turn = work()
    }
    next()

    return async () => {
      stopping.abort()
      clearTimeout(timer)
      await turn
    }
  },
}
