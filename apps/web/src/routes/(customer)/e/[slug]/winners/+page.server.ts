import { toErrorResponse } from '@eungmo/api/errors/error-body'
import { error } from '@sveltejs/kit'
import { cachePublicly } from '#lib/server/http/cache-rule.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event
  const winners = await locals.api.winners.public({ slug: params.slug }).catch((cause) => {
    const { status, body } = toErrorResponse(cause, locals.locale)
    error(status, body.message)
  })
  cachePublicly(event, winners.state === 'announced' ? 60 : 15)
  return { winners, now: new Date().toISOString() }
}
