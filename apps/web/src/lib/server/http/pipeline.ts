import type { Locale } from '#lib/paraglide/runtime.js'

/** What the pipeline's steps know of a request in addition to the request itself. */
export interface HttpContext {
  /** The address as the visitor sees it. */
  readonly url: URL
  /**
   * The route's pattern, such as `/e/[slug]`: what logs and metrics name instead of the path. Null for no
   * route.
   */
  readonly route: string | null
  /** Correlates the log lines of one request; also sent as X-Request-Id. */
  readonly requestId: string
  /** The language of the response. */
  readonly locale: Locale
}

/** Produces the response to a request, or passes it on. */
export type Next = () => Response | Promise<Response>

/** One concern of every response: reads or replaces what `next` returns. */
export type Step = (request: Request, context: HttpContext, next: Next) => Response | Promise<Response>

/** Joins steps into one; the first is the outermost. */
export function composeSteps(...steps: readonly Step[]): Step {
  return (request, context, next) =>
    steps.reduceRight<Next>((inner, step) => () => step(request, context, inner), next)()
}
