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

/** Where the application leaves its handler for the HTTP server, which calls it before SvelteKit. */
export const frontSlot = (): { handler: FrontHandler } =>
  acrossBundles('front', () => ({ handler: () => undefined }))
