import type { Handle } from '@sveltejs/kit/hooks'
import type { FrontHandler } from '../front/front-handler.ts'
import { isInPipeline } from '../http/passed-on.ts'

/**
 * Calls the front handler where nothing stands in front of SvelteKit: in Vite's development server. In
 * production the HTTP server has called it before, so that it returns undefined, or has passed the request on.
 */
export const frontHandle =
  (respond: FrontHandler): Handle =>
  ({ event, resolve }) => {
    const { request, url, getClientAddress } = event
    if (isInPipeline(request)) return resolve(event)
    const toKit = () => ({ request, respond: async () => resolve(event) })
    return respond(request, url, getClientAddress, toKit) ?? resolve(event)
  }
