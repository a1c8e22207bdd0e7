import type { Context } from '@eungmo/api/context'
import type { RequestEvent } from '@sveltejs/kit'
import { auth } from '../auth/auth.ts'
import { recheckViewer } from '../auth/resolve-viewer.ts'
import { dependencies } from '../process/dependencies.ts'

/** The part of a request that the API reads. */
export interface ApiRequest extends Pick<RequestEvent, 'request' | 'getClientAddress'> {
  locals: Pick<App.Locals, 'viewer' | 'locale'>
}

/** The API's context of a request. */
export const contextOf = (event: ApiRequest): Context => ({
  dependencies: dependencies(),
  viewer: event.locals.viewer,
  currentViewer: () => recheckViewer(event.request, auth(), dependencies().db),
  locale: event.locals.locale,
  clientAddress: event.getClientAddress(),
  idempotencyKey: event.request.headers.get('idempotency-key'),
})
