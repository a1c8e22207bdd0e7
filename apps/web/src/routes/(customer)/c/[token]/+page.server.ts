import type { ClaimPageView, OwnClaimView } from '@eungmo/api/claims/schema'
import { type ErrorBody, toErrorResponse } from '@eungmo/api/errors/error-response'
import { fail, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { throwPageError } from '#lib/server/api/error-response.ts'
import { type FormTexts, readForm } from '#lib/server/forms/read-form.ts'
import { unlist } from '#lib/server/http/unlist.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'
import { forgetClaimProof, readClaimProof, storeClaimProof } from './claim-cookie.ts'

/** Plain forms: no script of ours ever sees the link, and any in-app browser will do. */
export const csr = false

const STEPS = ['change', 'decline', 'withdraw', 'not-me'] as const

interface ClaimData {
  /** Null right after a withdrawal, whose link leads to nobody. */
  page: ClaimPageView | null
  /** Null until the last four digits were proved, and while there is nothing to do. */
  own: OwnClaimView | null
  /** The digits were proved, and are to be entered again. */
  hasExpired: boolean
  /** The step that the address names. */
  step: (typeof STEPS)[number] | null
}

export const load: PageServerLoad = async (event): Promise<ClaimData> => {
  const { locals, params, cookies, url, request } = event
  unlist(event)
  event.setHeaders({ 'referrer-policy': 'no-referrer' })
  const { token } = params
  const step = STEPS.find((name) => url.searchParams.has(name)) ?? null
  const page = await locals.api.claims.page({ token }).catch((cause: unknown) => {
    if (request.method === 'POST' && toErrorResponse(cause, locals.locale).status === 404) return null
    return throwPageError(cause, locals.locale)
  })
  const proof = readClaimProof(cookies)
  if (page?.state !== 'open' || proof === '') return { page, own: null, hasExpired: false, step }
  try {
    return { page, own: await locals.api.claims.own({ token, proof }), hasExpired: false, step }
  } catch (cause) {
    const { body } = toErrorResponse(cause, locals.locale)
    if (body.code !== 'VALIDATION_FAILED') throwPageError(cause, locals.locale)
    return { page, own: null, hasExpired: true, step }
  }
}

/** What the page itself shows: the link's state has changed, or the digits are to be entered again. */
const isShownByPage = ({ code, fields }: ErrorBody): boolean =>
  code === 'NOT_FOUND' || code === 'CONFLICT' || (fields?.some(({ field }) => field === 'proof') ?? false)

/** Calls the API with the proof of this browser; an error that the page shows by itself leads to it. */
async function withProof<T>(
  event: RequestEvent,
  call: (proved: { token: string; proof: string }) => Promise<T>,
): Promise<{ value: T } | { status: number; body: ErrorBody }> {
  const { cookies, locals, params } = event
  try {
    return { value: await call({ token: params.token, proof: readClaimProof(cookies) }) }
  } catch (cause) {
    const { status, body } = toErrorResponse(cause, locals.locale)
    if (status === 500) throw cause
    if (isShownByPage(body)) redirect(303, event.url.pathname)
    return { status, body }
  }
}

const detailsOf = ({ kind, day, recipient, postcode, address, addressDetail }: FormTexts) =>
  kind === 'delivery'
    ? {
        kind: 'delivery' as const,
        recipient: recipient ?? '',
        postcode: postcode?.trim() ?? '',
        address: address ?? '',
        addressDetail: addressDetail ?? '',
      }
    : { kind: 'pick-up' as const, day: day ?? '' }

/** What an action returns to the page with an error. */
const failed = (status: number, more: { problem?: string; values?: FormTexts; errors?: FormTexts }) =>
  fail(status, { problem: null, values: {}, errors: {}, withdrawn: null, ...more })

async function withdraw(event: RequestEvent, { isNotMine }: { isNotMine: boolean }) {
  const { api } = event.locals
  const result = await withProof(event, (proved) => api.claims.withdraw({ ...proved, isNotMine }))
  if (!('value' in result)) return failed(result.status, { problem: result.body.message })
  forgetClaimProof(event.cookies, event.params.token)
  return { problem: null, values: {}, errors: {}, withdrawn: result.value.message }
}

export const actions: Actions = {
  /** The last four digits. */
  prove: async (event) => {
    const { lastDigits = '' } = await readForm(event.request)
    const { cookies, locals, params, url } = event
    const { token } = params
    try {
      const { proof } = await locals.api.claims.prove({ token, lastDigits: lastDigits.slice(0, 40) })
      storeClaimProof(cookies, { token, url, proof })
    } catch (cause) {
      const { status, body } = toErrorResponse(cause, locals.locale)
      if (status === 500) throw cause
      return failed(status, { problem: body.message })
    }
    redirect(303, url.pathname)
  },

  confirm: async (event) => {
    const values = await readForm(event.request)
    const { api } = event.locals
    const result = await withProof(event, (proved) =>
      api.claims.confirm({ ...proved, details: detailsOf(values) }),
    )
    if ('value' in result) redirect(303, event.url.pathname)
    const { status, body } = result
    const errors = Object.fromEntries(
      (body.fields ?? []).map(({ field, message }) => [field.replace(/^details\./, ''), message]),
    )
    return failed(status, { values, errors, ...(body.fields ? {} : { problem: body.message }) })
  },

  decline: async (event) => {
    const { api } = event.locals
    const result = await withProof(event, (proved) => api.claims.decline(proved))
    if (!('value' in result)) return failed(result.status, { problem: result.body.message })
    forgetClaimProof(event.cookies, event.params.token)
    redirect(303, event.url.pathname)
  },

  withdraw: async (event) => {
    const { word = '' } = await readForm(event.request)
    if (!['취소', 'cancel'].includes(word.trim().toLowerCase()))
      return failed(400, { values: { word }, errors: { word: m.own_withdraw_word_error() } })
    return withdraw(event, { isNotMine: false })
  },

  /** The winner never entered: another person did, with their number. */
  disown: (event) => withdraw(event, { isNotMine: true }),
}
