import { acrossBundles } from '../process/across-bundles.ts'

/**
 * Responds to a request in front of SvelteKit; returns undefined for one that is SvelteKit's alone. The URL is
 * the request's, as the visitor sees it. `next` passes the request on to SvelteKit, at most once.
 */
export type FrontHandler = (
  request: Request,
  url: URL,
  getClientAddress: () => string,
  next: () => Promise<Response>,
) => Promise<Response> | undefined

/** The first response of several handlers. */
export const firstOf =
  (...handlers: readonly FrontHandler[]): FrontHandler =>
  (...call) => {
    for (const handler of handlers) {
      const response = handler(...call)
      if (response) return response
    }
    return undefined
  }

interface FrontSlot {
  handler: FrontHandler
  /** Called for each request whose X-Forwarded-For was ignored. */
  reportIgnoredForwarding(): void
}

/** Where the application leaves what the HTTP server calls: its handler in front of SvelteKit, and its metrics. */
export const frontSlot = (): FrontSlot =>
  acrossBundles(
    'front',
    (): FrontSlot => ({ handler: () => undefined, reportIgnoredForwarding: () => undefined }),
  )
