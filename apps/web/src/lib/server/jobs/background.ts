import type { Logger } from 'pino'
import { onShutdown } from '../process/shutdown.ts'

/** Work that a web process does beside answering requests; one module each under background/. */
export interface BackgroundTask {
  name: string
  /** Starts the work and returns how to stop it; a throw here stops the process's start. */
  start(logger: Logger): Promise<() => Promise<void>>
}

const modules = import.meta.glob<{ task: BackgroundTask }>(['./*.ts', '!./background.ts'], {
  eager: true,
})

/** Starts every module of background/ (each exports `task`), and stops them when the process stops. */
export async function startBackgroundWork(logger: Logger): Promise<void> {
  for (const { task } of Object.values(modules)) {
    const own = logger.child({ task: task.name })
    const stop = await task.start(own)
    own.debug('started')
    onShutdown(async () => {
      await stop()
      own.debug('stopped')
    })
  }
}
