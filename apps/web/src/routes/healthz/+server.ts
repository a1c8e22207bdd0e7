import type { RequestHandler } from './$types'

/** The process runs. */
export const GET: RequestHandler = () => new Response('ok')
