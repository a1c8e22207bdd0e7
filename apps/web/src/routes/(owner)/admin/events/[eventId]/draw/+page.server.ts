import { isIdle, MAX_IDLE_MS } from '@eungmo/api/recent-session'
import { forPage } from '#lib/server/api/error-response.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import { revealPosted } from '../reveal-posted.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals: { api, viewer }, params: { eventId }, url, parent }) => {
  const draws = await forPage(api.draws.logs({ eventId }), url)
  const newest = draws[0]
  // Whole numbers are of owners only.
  const session = viewer.kind === 'member' && viewer.role === 'owner' && viewer.via === 'session' && viewer
  const rest = { isIdle: session && isIdle(session), hideAfterMs: session ? MAX_IDLE_MS : null }
  if (newest) {
    return {
      ...rest,
      draws,
      detail: await forPage(api.draws.get({ drawLogId: newest.drawLogId }), url),
      notices: newest.drawnAt === null ? null : await forPage(api.notices.list({ eventId }), url),
      preview: null,
    }
  }
  const { phase } = (await parent()).event
  const mayDraw =
    viewer.kind === 'member' && viewer.role === 'owner' && (phase === 'open' || phase === 'closed')
  return {
    ...rest,
    draws,
    detail: null,
    notices: null,
    preview: mayDraw ? await forPage(api.draws.preview({ eventId }), url) : null,
  }
}

export const actions: Actions = {
  /** What a winner entered on the claim page, for a browser without scripts. */
  claim: async ({ request, locals: { api }, params: { eventId }, url }) => {
    const { drawLogId = '', drawRank = '' } = await readForm(request)
    const winner = { eventId, drawLogId, drawRank: Number(drawRank) }
    const { details } = await forPage(api.claims.reveal(winner), url)
    return { claim: { drawLogId, drawRank: winner.drawRank, details } }
  },

  reveal: async (event) => ({ revealed: await revealPosted(event, await readForm(event.request)) }),
}
