import { logFailure } from '@eungmo/api/errors/log-failure'
import { appRouter } from '@eungmo/api/router'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { logger } from '../process/logger.ts'
import { stopping } from '../process/shutdown.ts'
import { type ApiRequest, contextOf } from './context.ts'
import { jsonErrorResponse } from './error-response.ts'

/**
 * Handles a tRPC call; an open subscription ends when the client leaves or the process stops. tRPC sends every
 * error of a subscription as an event; one that comes before the first event is sent with its status instead.
 */
export async function handleTrpc(event: ApiRequest): Promise<Response> {
  const signal = AbortSignal.any([event.request.signal, stopping])
  let failure: { error: unknown } | undefined
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: new Request(event.request, { signal }),
    router: appRouter,
    allowBatching: false,
    createContext: () => contextOf(event),
    onError({ error }) {
      failure = { error }
      // Subscriptions fail here, after their procedure has returned.
      logFailure(logger, error)
    },
  })
  if (!failure || !response.headers.get('content-type')?.startsWith('text/event-stream')) return response
  await response.body?.cancel()
  return jsonErrorResponse(failure.error, event.locals.locale)
}
