import type { Handle } from '@sveltejs/kit/hooks'
import { passedOnContext } from '../http/passed-on.ts'
import type { HttpContext } from '../http/pipeline.ts'
import { handleRequest } from '../process/handle-request.ts'

/** Runs a request of SvelteKit's through the HTTP pipeline, unless the front handler has begun that. */
export const pipelineHandle: Handle = ({ event, resolve }) => {
  const render = ({ requestId, locale }: HttpContext) => {
    event.locals.requestId = requestId
    event.locals.locale = locale
    return resolve(event, {
      transformPageChunk: ({ html }) => html.replace('<html lang="ko">', `<html lang="${locale}">`),
    })
  }
  const context = passedOnContext(event.request)
  return context
    ? render(context)
    : handleRequest(event.request, { url: event.url, route: event.route.id }, render)
}
