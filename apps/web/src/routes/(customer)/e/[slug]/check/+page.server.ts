import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { fail } from '@sveltejs/kit'
import { readForm } from '#lib/server/forms/read-form.ts'
import { unlist } from '#lib/server/http/unlist.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import { loadEvent } from '../load-event.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

export const load: PageServerLoad = async (event) => {
  unlist(event)
  const { id, slug, shopName, title, contact, now } = await loadEvent(event)
  const sendsMessages = dependencies().notifier.phone !== null
  return { event: { id, slug, shopName, title, contact, now }, sendsMessages }
}

const noValues = { applicationNumber: '', phoneNumber: '', receipt: '' }

type Credentials =
  | { applicationNumber: string; phoneNumber: string }
  | { receipt: string; phoneNumber?: string }

/** What an action returns to the page with an error. */
function failed(
  { locals }: RequestEvent,
  cause: unknown,
  typed: { by: 'number' | 'receipt' | 'forgotten'; values: typeof noValues },
) {
  const { status, body } = toErrorResponse(cause, locals.locale)
  const errors: Record<string, string> = {}
  for (const { field, message } of body.fields ?? []) errors[field || 'receipt'] = message
  const general = Object.keys(errors).length > 0 ? null : body.message
  return fail(status, { result: null, ...typed, errors, general, requested: null })
}

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
      requested: null,
    }
  } catch (cause) {
    return failed(event, cause, { by: 'receipt' in credentials ? 'receipt' : 'number', values })
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
  /** Sends the application number to the phone. Shows the same whether or not it has entered. */
  forgotten: async (event) => {
    const phoneNumber = (await readForm(event.request)).phoneNumber?.trim() ?? ''
    try {
      const { id: eventId } = await loadEvent(event)
      const { message } = await event.locals.api.participations.requestNumber({ eventId, phoneNumber })
      return {
        result: null,
        by: 'forgotten' as const,
        values: noValues,
        errors: {},
        general: null,
        requested: message,
      }
    } catch (cause) {
      return failed(event, cause, { by: 'forgotten', values: { ...noValues, phoneNumber } })
    }
  },
}
