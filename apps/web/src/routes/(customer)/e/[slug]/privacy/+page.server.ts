import { throwPageError } from '#lib/server/api/error-response.ts'
import { cachePublicly } from '#lib/server/http/cache-rule.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import { operator } from '#lib/server/process/operator.ts'
import { DONE_MAX_AGE_S } from '../done-envelope.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event
  const privacy = await locals.api.events
    .privacy({ slug: params.slug })
    .catch((cause: unknown) => throwPageError(cause, locals.locale))
  cachePublicly(event, 60)
  const messageVendor = dependencies().notifier.phone?.vendor ?? null
  return { privacy, operator: operator(), messageVendor, cookieHours: DONE_MAX_AGE_S / 3_600 }
}
