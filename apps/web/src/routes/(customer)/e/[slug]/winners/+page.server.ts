import { throwPageError } from '#lib/server/api/error-response.ts'
import { cachePublicly } from '#lib/server/http/cache-rule.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event
  const after = Math.max(0, Math.trunc(Number(event.url.searchParams.get('after')) || 0))
  const winners = await locals.api.winners
    .public({ slug: params.slug, after })
    .catch((cause: unknown) => throwPageError(cause, locals.locale))
  cachePublicly(event, winners.state === 'announced' ? 60 : 15)
  return { winners, now: new Date().toISOString() }
}
