import type { Handle } from '@sveltejs/kit/hooks'
import { respondRest } from '../front/rest.ts'

/**
 * Responds to the API where nothing stands in front of SvelteKit: in Vite's development server. In production
 * the HTTP server has called the same handler before.
 */
export const frontHandle: Handle = ({ event, resolve }) =>
  respondRest(event.request, event.url, event.getClientAddress) ?? resolve(event)
