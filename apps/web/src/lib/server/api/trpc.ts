import { logFailure } from '@eungmo/api/errors/log-failure'
import { appRouter } from '@eungmo/api/router'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { logger } from '../process/logger.ts'
import { stopping } from '../process/shutdown.ts'
import { type ApiRequest, contextOf } from './context.ts'

/** Handles a tRPC call; an open subscription ends when the client leaves or the process stops. */
export function handleTrpc(event: ApiRequest): Promise<Response> {
  const signal = AbortSignal.any([event.request.signal, stopping])
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: new Request(event.request, { signal }),
    router: appRouter,
    allowBatching: false,
    createContext: () => contextOf(event),
    // Subscriptions fail here, after their procedure has returned.
    onError: ({ error }) => logFailure(logger, error),
  })
}
