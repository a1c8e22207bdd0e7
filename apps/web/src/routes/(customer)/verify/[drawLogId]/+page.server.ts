import { asDomainError } from '@eungmo/api/errors/as-domain-error'
import { startOfSeoulDay } from '#lib/seoul-time.ts'
import { throwPageError } from '#lib/server/api/error-response.ts'
import { cachePublicly } from '#lib/server/http/cache-rule.ts'
import { linkPreview } from '#lib/server/pages/link-preview.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event
  const { drawLogId } = params
  try {
    const { now, version, ...draw } = await locals.api.draws.summary({ drawLogId })
    cachePublicly(event, 30)
    locals.renderedVersion = version
    // The page is stored per version, which has the day of the clock and no more.
    const preview = linkPreview(event, draw, `/verify/${drawLogId}`)
    return {
      drawLogId,
      today: new Date(startOfSeoulDay(now)).toISOString(),
      waiting: null,
      draw,
      linkPreview: preview,
    }
  } catch (cause) {
    const apiError = asDomainError(cause)
    if (apiError.code === 'DRAW_IN_PROGRESS') {
      const waiting = { drawsAt: apiError.details.drawsAt ?? null }
      return { drawLogId, today: new Date().toISOString(), waiting, draw: null, linkPreview: undefined }
    }
    throwPageError(cause, locals.locale)
  }
}
