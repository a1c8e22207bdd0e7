import type { RequestHandler } from './$types'

/** A person still works at a page that sends nothing by itself. The hook of the session has noted it. */
export const POST: RequestHandler = ({ locals }) =>
  new Response(null, { status: locals.viewer.kind === 'member' ? 204 : 401 })
