import { acrossBundles } from '../process/across-bundles.ts'

/** A request that is passed on to SvelteKit. */
export interface KitCall {
  /** As SvelteKit receives it: without a body where the front handler has read that. */
  request: Request
  respond(): Promise<Response>
}

/**
 * Responds to a request in front of SvelteKit; returns undefined for one that is SvelteKit's alone. `url` is
 * the address as the visitor sees it; the request may name another origin. A handler calls `toKit` at most
 * once.
 */
export type FrontHandler = (
  request: Request,
  url: URL,
  getClientAddress: () => string,
  toKit: () => KitCall,
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
