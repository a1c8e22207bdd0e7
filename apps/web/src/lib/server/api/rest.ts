import { negotiateLocale } from '@eungmo/api/http/negotiate-locale'
import { createRestHandler } from '@eungmo/api/http/rest-handler'
import { BODY_LIMIT } from '$app/env/private'
import { type ApiRequest, contextOf } from './context.ts'

export const restBase = '/api/v1'

const handler = createRestHandler({ maxBodyBytes: BODY_LIMIT })

/** The context of a REST call: its language is the caller's Accept-Language. */
export const restContextOf = (event: ApiRequest) => ({
  ...contextOf(event),
  locale: negotiateLocale(event.request.headers.get('accept-language'), event.locals.locale),
})

/** Handles a REST call. */
export const handleRest = (event: ApiRequest): Promise<Response> =>
  handler(event.request, event.url.pathname.slice(restBase.length) || '/', restContextOf(event))
