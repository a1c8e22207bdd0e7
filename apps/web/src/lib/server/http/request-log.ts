import type { Logger } from '@eungmo/messaging/logging/logger'
import type { Step } from './pipeline.ts'

export interface RequestLogOptions {
  log: Pick<Logger, 'error' | 'info' | 'warn'> & { trace: Logger['info'] }
  /** Seconds from the request to the head of the response. */
  duration: { observe(labels: { method: string; route: string; status: number }, seconds: number): void }
}

const probeRoutes = new Set(['/healthz', '/readyz', '/metrics'])

/**
 * Times the request and logs one line: route and status, never paths, addresses or queries. Sends the
 * request's id.
 */
export function requestLog({ log, duration }: RequestLogOptions): Step {
  return async (request, { requestId, route: pattern }, next) => {
    const start = performance.now()
    const response = await next()
    const seconds = (performance.now() - start) / 1000
    const route = pattern ?? 'none'
    const { method } = request
    const { status } = response
    duration.observe({ method, route, status }, seconds)
    response.headers.set('x-request-id', requestId)
    const line = { requestId, method, route, status, ms: Math.round(seconds * 10_000) / 10 }
    if (status >= 500) log.error(line, 'request')
    else if (probeRoutes.has(route)) log.trace(line, 'request')
    else log.info(line, 'request')
    return response
  }
}
