import specification from '@eungmo/draw/SPEC.md?raw'
import { cachePublicly } from '#lib/server/http/cache-rule.ts'
import type { RequestHandler } from './$types'

/** The specification that a verifier in any language can be written from, as it stands with this build. */
export const GET: RequestHandler = (event) => {
  cachePublicly(event, 3600)
  return new Response(specification, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
