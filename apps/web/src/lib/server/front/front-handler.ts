import { acrossBundles } from '../process/across-bundles.ts'

/**
 * Responds to a request in front of SvelteKit; returns undefined for one that SvelteKit handles. The URL is
 * the request's, as the visitor sees it.
 */
export type FrontHandler = (
  request: Request,
  url: URL,
  getClientAddress: () => string,
) => Promise<Response> | undefined

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
