import { type Locale, overwriteGetLocale } from '#lib/paraglide/runtime.js'
import { cacheRule } from './cache-rule.ts'
import { chooseLocale, currentLocale, rememberLocale, runWithLocale } from './locale.ts'
import { originCheck } from './origin-check.ts'
import { composeSteps, type HttpContext, type Next } from './pipeline.ts'
import { type RequestLogOptions, requestLog } from './request-log.ts'
import { securityHeaders } from './security-headers.ts'

export interface HandleRequestOptions extends RequestLogOptions {
  /** The origin that PUBLIC_URL names, where it is set: writes from there are our own. */
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
 * The steps that every response passes, outermost first: request log, cache rule, security headers, language,
 * origin check. Plain functions of a request and a context, so that SvelteKit and anything beside it share
 * them. `next` runs in the language of the context.
 */
export function createHandleRequest({ publicOrigin, ...logging }: HandleRequestOptions): HandleRequest {
  overwriteGetLocale(currentLocale)
  const steps = composeSteps(
    requestLog(logging),
    cacheRule,
    securityHeaders,
    rememberLocale,
    originCheck(publicOrigin),
  )
  return async (request, { url, route }, next) => {
    const locale: Locale = chooseLocale(request, url)
    const context: HttpContext = { url, route, requestId: crypto.randomUUID(), locale }
    return runWithLocale(locale, async () => steps(request, context, () => next(context)))
  }
}
