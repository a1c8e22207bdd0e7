import { asDomainError } from '@eungmo/api/errors/as-domain-error'
import { redirect } from '@sveltejs/kit'
import { throwPageError } from '#lib/server/api/error-response.ts'
import { cachePublicly } from '#lib/server/http/cache-rule.ts'
import { unlist } from '#lib/server/http/unlist.ts'
import { linkPreview } from '#lib/server/pages/link-preview.ts'
import { publicUrl } from '#lib/server/process/dependencies.ts'
import type { PageServerLoad } from './$types'
import { certificateContent } from './certificate-content.ts'

/** What fits on one page of A4 next to everything else. */
const LIMITS = { maxNumbers: 60, maxReplaced: 6 }

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event
  const { drawLogId } = params
  const draw = await locals.api.draws.summary({ drawLogId }).catch((cause: unknown) => {
    if (asDomainError(cause).code === 'DRAW_IN_PROGRESS') redirect(303, `/verify/${drawLogId}`)
    throwPageError(cause, locals.locale)
  })
  unlist(event)
  cachePublicly(event, 30)
  // Nothing else of the summary reaches the page: before the announcement it has no number.
  locals.renderedVersion = draw.version
  return {
    drawLogId,
    linkPreview: linkPreview(event, draw, `/verify/${drawLogId}/certificate`),
    verifyUrl: `${publicUrl()}/verify/${drawLogId}`,
    content: certificateContent(draw, LIMITS),
  }
}
