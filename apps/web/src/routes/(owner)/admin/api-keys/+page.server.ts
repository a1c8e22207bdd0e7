import { forPage } from '#lib/server/api/error-response.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => ({
  keys: await forPage(locals.api.apiKeys.list(), url),
  now: Date.now(),
})
