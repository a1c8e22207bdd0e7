import type { Logger } from '@eungmo/messaging/logging/logger'
import { onTestFinished } from 'vitest'
import { createDependencies, type Dependencies } from '../../src/dependencies.ts'
import { destroyBeforeServing } from '../../src/destruction/before-serving.ts'
import { TEST_SECRET_KEYS } from './api-fixture.ts'

const ignore = () => undefined
const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore }

/** What a process has that starts on a database, with a journal at `path`. Ends with the test. */
export function startProcess(databaseUrl: string, path: string | undefined): Dependencies {
  const { dependencies, close } = createDependencies({
    databaseUrl,
    secretKeys: TEST_SECRET_KEYS,
    publicUrl: 'https://eungmo.example',
    destructionJournal: path,
    log: silentLogger,
  })
  onTestFinished(close)
  return dependencies
}

/** As `startProcess`, on a restored backup; `serve` is what it does before it serves. */
export function startOn(url: string, path: string | undefined) {
  const dependencies = startProcess(url, path)
  return { ...dependencies, serve: () => destroyBeforeServing(dependencies, url) }
}
