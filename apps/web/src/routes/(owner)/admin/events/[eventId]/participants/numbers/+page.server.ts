import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { fail } from '@sveltejs/kit'
import { forPage } from '#lib/server/api/error-response.ts'
import { orConflict } from '#lib/server/api/or-conflict.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

export const load: PageServerLoad = async ({ locals, params: { eventId }, url }) => ({
  pastes: await forPage(locals.api.exclusions.pastes({ eventId }), url),
})

interface Pasted {
  eventId: string
  numbers: string
}

/** What was pasted goes back to the page alone: it is neither stored nor logged. */
async function readPasted<T extends object>(
  { locals, request, params: { eventId }, url }: RequestEvent,
  use: (pasted: Pasted) => Promise<T>,
) {
  const { numbers = '' } = await readForm(request)
  try {
    return { numbers, result: await use({ eventId, numbers }) }
  } catch (cause) {
    const { status, body } = toErrorResponse(cause, locals.locale)
    if (status !== 400 && status !== 409) return forPage(Promise.reject(cause), url)
    const wrong = body.fields?.find(({ field }) => field === 'numbers')
    return fail(status, { numbers, error: wrong?.message ?? body.message })
  }
}

export const actions: Actions = {
  preview: async (event) => {
    const read = await readPasted(event, event.locals.api.exclusions.previewPaste)
    return 'result' in read ? { numbers: read.numbers, preview: read.result } : read
  },
  exclude: async (event) => {
    const read = await readPasted(event, event.locals.api.exclusions.paste)
    return 'result' in read ? { numbers: read.numbers, done: read.result } : read
  },
  undo: async ({ locals, request, params: { eventId }, url }) => {
    const { pasteId = '' } = await readForm(request)
    const undone = await forPage(orConflict(locals.api.exclusions.undoPaste({ eventId, pasteId })), url)
    return typeof undone === 'string' ? fail(409, { numbers: '', error: undone }) : { numbers: '', undone }
  },
}
