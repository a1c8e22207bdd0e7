import type { Viewer } from '@eungmo/api/context'
import { negotiateLocale } from '@eungmo/api/http/negotiate-locale'
import { createRestHandler } from '@eungmo/api/http/rest-handler'
import { BODY_LIMIT } from '$app/env/private'
import { type ApiRequest, contextOf } from '../api/context.ts'
import { auth } from '../auth/auth.ts'
import { resolveViewer } from '../auth/resolve-viewer.ts'
import { createResponseCookies, type ResponseCookies } from '../http/response-cookies.ts'
import { storedBodies } from '../pages/stored-bodies.ts'
import { dependencies } from '../process/dependencies.ts'
import { handleRequest } from '../process/handle-request.ts'
import type { FrontHandler } from './front-handler.ts'

export const restBase = '/api/v1'

const ROUTE = `${restBase}/[...path]`
/** Downloads that are endpoints of SvelteKit, under the addresses of the API. */
const csvFile = /^\/api\/v1\/events\/[^/]+\/(participants|winners|prize-tax)\.csv$/

const handler = createRestHandler({ maxBodyBytes: BODY_LIMIT, storedBodies })

/** The context of a REST call: its language is the caller's Accept-Language. */
export const restContextOf = (event: ApiRequest) => ({
  ...contextOf(event),
  locale: negotiateLocale(event.request.headers.get('accept-language'), event.locals.locale),
})

/** Handles every request under /api/v1 without SvelteKit, through the same HTTP pipeline. */
export const respondRest: FrontHandler = (request, url, getClientAddress) => {
  const { pathname } = url
  if (!pathname.startsWith(`${restBase}/`) || csvFile.test(pathname)) return undefined
  return handleRequest(request, { url, route: ROUTE }, async ({ locale }) => {
    const renewed = createResponseCookies()
    const viewer = await viewerOf(request, renewed)
    const context = restContextOf({ request, getClientAddress, locals: { viewer, locale } })
    const response = await handler(request, pathname.slice(restBase.length), context)
    renewed.appendTo(response)
    return response
  })
}

/** Who sends the request; the session's cookie goes to `renewed` where it is renewed. */
async function viewerOf(request: Request, renewed: ResponseCookies): Promise<Viewer> {
  const { headers } = request
  if (!headers.has('cookie') && !headers.has('authorization')) return { kind: 'anonymous' }
  return (await resolveViewer({ request, cookies: renewed }, auth(), dependencies().db)).viewer
}
