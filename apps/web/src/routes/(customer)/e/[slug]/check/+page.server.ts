import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { fail } from '@sveltejs/kit'
import { readForm } from '#lib/server/forms/read-form.ts'
import { unlist } from '#lib/server/http/unlist.ts'
import { loadEvent } from '../load-event.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

export const load: PageServerLoad = async (event) => {
  unlist(event)
  const { id, slug, shopName, title, contact, now } = await loadEvent(event)
  return { event: { id, slug, shopName, title, contact, now } }
}

const noValues = { applicationNumber: '', phoneNumber: '', receipt: '' }

type Credentials =
  | { applicationNumber: string; phoneNumber: string }
  | { receipt: string; phoneNumber?: string }

/**
 * Looks the entry up. What was typed is returned only with errors, so that the phone number is not shown
 * beside a result.
 */
async function checkEntry(event: RequestEvent, credentials: Credentials) {
  const { locals } = event
  const values = { ...noValues, ...credentials }
  try {
    const { id } = await loadEvent(event)
    const result = await locals.api.participations.selfCheck({ eventId: id, ...credentials })
    return {
      result,
      by: null,
      values: noValues,
      errors: {},
      general: null,
    }
  } catch (cause) {
    const { status, body } = toErrorResponse(cause, locals.locale)
    const errors: Record<string, string> = {}
    for (const { field, message } of body.fields ?? []) errors[field || 'receipt'] = message
    const general = Object.keys(errors).length > 0 ? null : body.message
    return fail(status, {
      result: null,
      by: 'receipt' in credentials ? 'receipt' : 'number',
      values,
      errors,
      general,
    })
  }
}

export const actions: Actions = {
  number: async (event) => {
    const { applicationNumber = '', phoneNumber = '' } = await readForm(event.request)
    return checkEntry(event, {
      applicationNumber: applicationNumber.trim(),
      phoneNumber: phoneNumber.trim(),
    })
  },
  receipt: async (event) => {
    const { receipt = '', phoneNumber = '' } = await readForm(event.request)
    return checkEntry(event, {
      receipt: receipt.trim(),
      ...(phoneNumber.trim() && { phoneNumber: phoneNumber.trim() }),
    })
  },
}
