import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { logFailure } from '@eungmo/api/errors/log-failure'
import type { Logger } from '@eungmo/messaging/logging/logger'
import type { Step } from './pipeline.ts'

/**
 * What fails before a page or an endpoint runs, such as reading the session while the database is away,
 * becomes a response like any other: logged once, with the request's id and every header; JSON under /api.
 */
export function errorBoundary(log: Pick<Logger, 'error' | 'warn'>): Step {
  return async (_request, { url, route, locale }, next) => {
    try {
      return await next()
    } catch (error) {
      logFailure(log, error, { route: route ?? 'none' })
      const { status, body, headers } = toErrorResponse(error, locale)
      if (url.pathname.startsWith('/api/')) return Response.json(body, { status, headers })
      return new Response(body.message, {
        status,
        headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
      })
    }
  }
}
