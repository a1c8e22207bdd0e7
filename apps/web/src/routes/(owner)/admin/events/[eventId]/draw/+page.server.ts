import { forPage } from '#lib/server/api/error-response.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import { revealPosted } from '../reveal-posted.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals: { api, viewer }, params: { eventId }, url, parent }) => {
  const draws = await forPage(api.draws.logs({ eventId }), url)
  const newest = draws[0]
  if (newest) {
    return {
      draws,
      detail: await forPage(api.draws.get({ drawLogId: newest.drawLogId }), url),
      preview: null,
    }
  }
  const { phase } = (await parent()).event
  const mayDraw =
    viewer.kind === 'member' && viewer.role === 'owner' && (phase === 'open' || phase === 'closed')
  return { draws, detail: null, preview: mayDraw ? await forPage(api.draws.preview({ eventId }), url) : null }
}

export const actions: Actions = {
  reveal: async (event) => ({ revealed: await revealPosted(event, await readForm(event.request)) }),
}
