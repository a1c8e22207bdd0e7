import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { fail } from '@sveltejs/kit'
import { getLocale } from '#lib/paraglide/runtime.js'
import { forPage } from '#lib/server/api/error-response.ts'
import { handOverPosted } from '#lib/server/forms/hand-over-posted.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import type { Actions } from './$types'

export const actions: Actions = {
  /** Posted, so that no address holds an application number. */
  find: async ({ locals: { api }, params: { eventId }, request, url }) => {
    const { applicationNumber = '' } = await readForm(request)
    const found = api.handOver.byNumber({ eventId, applicationNumber }).catch((cause: unknown) => {
      const { status, body } = toErrorResponse(cause, getLocale())
      const problem = body.fields?.find(({ field }) => field === 'applicationNumber')?.message
      if (status !== 400 || problem === undefined) throw cause
      return { problem }
    })
    const winner = await forPage(found, url)
    return 'problem' in winner
      ? fail(400, { applicationNumber, problem: winner.problem })
      : { applicationNumber, winner }
  },
  complete: handOverPosted,
}
