import type { Handle } from '@sveltejs/kit/hooks'
import { handleRequest } from '../process/handle-request.ts'

/** Runs a request of SvelteKit's through the HTTP pipeline. */
export const pipelineHandle: Handle = ({ event, resolve }) =>
  handleRequest(event.request, { url: event.url, route: event.route.id }, ({ requestId, locale }) => {
    event.locals.requestId = requestId
    event.locals.locale = locale
    return resolve(event, {
      transformPageChunk: ({ html }) => html.replace('<html lang="ko">', `<html lang="${locale}">`),
    })
  })
