import type { Handle } from '@sveltejs/kit/hooks'
import { PUBLIC_URL } from '$app/env/private'
import { createHandleRequest } from '../http/handle-request.ts'
import { logger } from '../process/logger.ts'
import { requestDuration } from '../process/metrics.ts'

const handleRequest = createHandleRequest({
  log: logger,
  duration: requestDuration,
  publicOrigin: PUBLIC_URL ?? null,
})

/** Runs a request of SvelteKit's through the HTTP pipeline. */
export const pipelineHandle: Handle = ({ event, resolve }) =>
  handleRequest(event.request, { url: event.url, route: event.route.id }, ({ requestId, locale }) => {
    event.locals.requestId = requestId
    event.locals.locale = locale
    return resolve(event, {
      transformPageChunk: ({ html }) => html.replace('<html lang="ko">', `<html lang="${locale}">`),
    })
  })
