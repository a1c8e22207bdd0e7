import { type Locale, overwriteGetLocale } from '#lib/paraglide/runtime.js'
import { cacheRule } from './cache-rule.ts'
import { compression } from './compression.ts'
import { errorBoundary } from './error-boundary.ts'
import { chooseLocale, rememberLocale } from './locale.ts'
import { originCheck } from './origin-check.ts'
import { composeSteps, type HttpContext, type Next } from './pipeline.ts'
import { type RequestLogOptions, requestLog } from './request-log.ts'
import { currentLocale, runInRequest } from './request-scope.ts'
import { securityHeaders } from './security-headers.ts'

export interface HandleRequestOptions extends RequestLogOptions {
  /** The origin in PUBLIC_URL, the only one whose writes are our own; null where it is unset. */
  publicOrigin: string | null
}

export interface IncomingRequest {
  url: URL
  route: string | null
}

export type HandleRequest = (
  request: Request,
  incoming: IncomingRequest,
  next: (context: HttpContext) => ReturnType<Next>,
) => Promise<Response>

/**
 * The steps that every response passes, outermost first: request log, compression, cache rule, security headers, language,
 * origin check, errors. Plain functions of a request and a context, so that SvelteKit and anything beside it
 * share them. `next` runs in the language of the context.
 */
export function createHandleRequest({ publicOrigin, ...logging }: HandleRequestOptions): HandleRequest {
  overwriteGetLocale(currentLocale)
  const steps = composeSteps(
    requestLog(logging),
    compression,
    cacheRule,
    securityHeaders,
    rememberLocale,
    originCheck(publicOrigin, logging.log),
    errorBoundary(logging.log),
  )
  return async (request, { url, route }, next) => {
    const locale: Locale = chooseLocale(request, url, route)
    const context: HttpContext = { url, route, requestId: crypto.randomUUID(), locale }
    return runInRequest(context, async () => steps(request, context, () => next(context)))
  }
}
