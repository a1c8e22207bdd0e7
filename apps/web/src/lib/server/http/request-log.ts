import type { Handle } from '@sveltejs/kit/hooks'
import { logger } from '../process/logger.ts'
import { requestDuration } from '../process/metrics.ts'

const quiet = new Set(['/healthz', '/readyz', '/metrics'])

/** Gives each request an id, times it and logs one line: route and status, never paths, addresses or queries. */
export const requestLogHandle: Handle = async ({ event, resolve }) => {
  const started = performance.now()
  event.locals.requestId = crypto.randomUUID()
  const response = await resolve(event)
  const seconds = (performance.now() - started) / 1000
  const route = event.route.id ?? 'none'
  const { method } = event.request
  requestDuration.observe({ method, route, status: response.status }, seconds)
  response.headers.set('x-request-id', event.locals.requestId)
  const line = {
    requestId: event.locals.requestId,
    method,
    route,
    status: response.status,
    ms: Math.round(seconds * 10_000) / 10,
  }
  if (response.status >= 500) logger.error(line, 'request')
  else if (quiet.has(route)) logger.trace(line, 'request')
  else logger.info(line, 'request')
  return response
}
