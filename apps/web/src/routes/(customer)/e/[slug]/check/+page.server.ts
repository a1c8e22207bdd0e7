import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { fail } from '@sveltejs/kit'
import { loadEvent } from '../load-event.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

export const load: PageServerLoad = async (event) => {
  const { id, slug, shopName, title, now } = await loadEvent(event)
  return { event: { id, slug, shopName, title, now } }
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

type Question = { applicationNumber: string; phoneNumber: string } | { receipt: string }

/** Asks, and gives back what was typed beside the answer or the mistakes; the phone number only beside mistakes. */
async function ask(event: RequestEvent, question: Question) {
  const { locals } = event
  const typed = { applicationNumber: '', phoneNumber: '', receipt: '', ...question }
  try {
    const { id } = await loadEvent(event)
    const answer = await locals.api.participations.selfCheck({ eventId: id, ...question })
    return {
      answer,
      typed: { applicationNumber: '', phoneNumber: '', receipt: '' },
      errors: {},
      general: null,
    }
  } catch (cause) {
    const { status, body } = toErrorResponse(cause, locals.locale)
    const errors: Record<string, string> = {}
    for (const { field, message } of body.fields ?? []) errors[field || 'receipt'] = message
    const general =
      Object.keys(errors).length > 0 ? null : body.code === 'NOT_FOUND' ? 'NOT_FOUND' : body.message
    return fail(status, { answer: null, typed, errors, general })
  }
}

export const actions: Actions = {
  number: async (event) => {
    const form = await event.request.formData()
    return ask(event, {
      applicationNumber: text(form, 'applicationNumber'),
      phoneNumber: text(form, 'phoneNumber'),
    })
  },
  receipt: async (event) => ask(event, { receipt: text(await event.request.formData(), 'receipt') }),
}
