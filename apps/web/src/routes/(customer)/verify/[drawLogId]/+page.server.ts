import { asDomainError } from '@eungmo/api/errors/as-domain-error'
import { parseTranscript } from '@eungmo/draw/records'
import { throwPageError } from '#lib/server/api/error-response.ts'
import { cachePublicly } from '#lib/server/http/cache-rule.ts'
import type { PageServerLoad } from './$types'
import { drawSummary } from './draw-summary.ts'

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event
  const { drawLogId } = params
  const now = new Date().toISOString()
  try {
    const transcript = parseTranscript(await locals.api.draws.transcript({ drawLogId }))
    const eventId = transcript.records[0]?.eventId ?? ''
    const { title, shopName, slug, announcementDate } = await locals.api.events.get({ eventId })
    cachePublicly(event, 30)
    return {
      drawLogId,
      now,
      waiting: null,
      draw: { eventId, title, shopName, slug, announcementDate, ...drawSummary(transcript) },
    }
  } catch (cause) {
    const apiError = asDomainError(cause)
    if (apiError.code === 'DRAW_IN_PROGRESS') {
      return { drawLogId, now, waiting: { drawsAt: apiError.details.drawsAt ?? null }, draw: null }
    }
    throwPageError(cause, locals.locale)
  }
}
