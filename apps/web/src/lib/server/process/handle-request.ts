import { PUBLIC_URL } from '$app/env/private'
import { createHandleRequest } from '../http/handle-request.ts'
import { logger } from './logger.ts'
import { requestDuration } from './metrics.ts'

/** The process's HTTP pipeline: SvelteKit's requests and those in front of it run through it alike. */
export const handleRequest = createHandleRequest({
  log: logger,
  duration: requestDuration,
  publicOrigin: PUBLIC_URL ?? null,
})
