import type { Context } from '@eungmo/api/context'
import type { RequestEvent } from '@sveltejs/kit'
import { dependencies } from '../process/dependencies.ts'

/** The part of a request that the API reads. */
export type ApiRequest = Pick<RequestEvent, 'locals' | 'request' | 'url' | 'getClientAddress'>

/** The API's context of a request. */
export const contextOf = (event: ApiRequest): Context => ({
  dependencies: dependencies(),
  viewer: event.locals.viewer,
  locale: event.locals.locale,
  clientAddress: event.getClientAddress(),
  idempotencyKey: event.request.headers.get('idempotency-key'),
})
