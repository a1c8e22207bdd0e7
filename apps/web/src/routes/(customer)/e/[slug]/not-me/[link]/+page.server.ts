import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { fail } from '@sveltejs/kit'
import { throwPageError } from '#lib/server/api/error-response.ts'
import { unlist } from '#lib/server/http/unlist.ts'
import { loadEvent } from '../../load-event.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

/** A plain form: no script of ours ever sees the link, and any in-app browser will do. */
export const csr = false

/** What the link leads to; null where it is older than a day, or is none of ours. */
async function readLink({ locals, params }: RequestEvent, eventId: string) {
  try {
    return await locals.api.participations.readDisowned({ eventId, link: params.link })
  } catch (cause) {
    const { status } = toErrorResponse(cause, locals.locale)
    if (status !== 400 && status !== 404) throwPageError(cause, locals.locale)
    return null
  }
}

export const load: PageServerLoad = async (event) => {
  unlist(event)
  event.setHeaders({ 'referrer-policy': 'no-referrer' })
  const { id, slug, shopName, title, contact } = await loadEvent(event)
  return { event: { id, slug, shopName, title, contact }, entry: await readLink(event, id) }
}

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event
    const { id: eventId } = await loadEvent(event)
    try {
      return {
        withdrawn: await locals.api.participations.disown({ eventId, link: params.link }),
        problem: null,
      }
    } catch (cause) {
      const { status, body } = toErrorResponse(cause, locals.locale)
      if (status === 500) throw cause
      // The page says that the link has expired.
      const problem = status === 400 || status === 404 ? null : body.message
      return fail(status, { withdrawn: null, problem })
    }
  },
}
