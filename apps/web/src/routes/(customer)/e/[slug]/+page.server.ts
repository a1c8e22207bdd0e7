import { asDomainError } from '@eungmo/api/errors/as-domain-error'
import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { receiptText } from '@eungmo/draw/receipts'
import { error, fail, redirect } from '@sveltejs/kit'
import { cachePublicly } from '#lib/server/http/cache-rule.ts'
import type { Actions, PageServerLoad } from './$types'
import { storeDoneEntry } from './done-entry.ts'
import { DONE_MAX_AGE_S } from './done-envelope.ts'
import { enteredCookieName } from './entered-cookie.ts'
import { type EntryErrors, entryErrors } from './entry-errors.ts'
import type { EntryFailure } from './entry-failure.ts'
import { entryPageData } from './entry-page-data.ts'
import { type EntryField, entryFields } from './entry-rules.ts'
import { loadEvent } from './load-event.ts'
import { readEntryForm } from './read-entry-form.ts'

function linkOf(url: URL): { via?: string; visitToken?: string } {
  const via = url.searchParams.get('via')
  const token = url.searchParams.get('t')
  return { ...(via && { via }), ...(token && { visitToken: token }) }
}

/** SvelteKit's client stays away: page-script/ is all that the page needs. */
export const csr = false

export const load: PageServerLoad = async (event) => {
  const { locals, url, setHeaders, cookies } = event
  const view = await loadEvent(event, linkOf(url))
  const page = entryPageData(view, locals.locale)
  const ended = ['closed', 'locked', 'drawn', 'cancelled'].includes(view.phase)
  if (ended) cachePublicly(event, 30)
  // no-cache, not no-store: the browser's Back shows the form as it was left, with the same submissionId.
  else setHeaders({ 'cache-control': 'private, no-cache' })
  locals.renderedVersion = view.version
  return {
    event: page,
    submissionId: locals.submissionId ?? crypto.randomUUID(),
    visitToken: view.visit ? (url.searchParams.get('t') ?? '') : '',
    enteredHere: cookies.get(enteredCookieName(view.id)) !== undefined,
  }
}

function isEntryField(name: string): name is EntryField {
  return entryFields.some((field) => field === name)
}

export const actions: Actions = {
  default: async (event) => {
    const { locals, params, url, request, cookies } = event
    const { values, visitToken, submissionId, consentVersion } = await readEntryForm(request)
    const reject = (status: number, more: Partial<EntryFailure> & { code: string }) =>
      fail<EntryFailure>(status, { values, submissionId, errors: {}, general: null, ...more })

    const wrong = entryErrors(values, visitToken === '')
    if (Object.keys(wrong).length > 0) return reject(400, { code: 'VALIDATION_FAILED', errors: wrong })
    try {
      const view = await locals.api.events.getBySlug({ slug: params.slug, ...linkOf(url) })
      const entry = await locals.api.participations.register({
        eventId: view.id,
        name: values.name,
        phoneNumber: values.phoneNumber,
        ...(values.entryPath && { entryPath: values.entryPath }),
        privacyConsent: true,
        ...(consentVersion !== undefined && { consentVersion }),
        ...(visitToken && { visitToken }),
        submissionId,
      })
      storeDoneEntry(event, view.id, params.slug, {
        applicationNumber: entry.applicationNumber,
        name: values.name.trim(),
        tickets: visitToken && view.visit ? 1 + (view.visitBonus ?? 0) : 1,
        receipt: entry.receipt ? receiptText(entry.receipt) : null,
      })
      cookies.set(enteredCookieName(view.id), submissionId, {
        path: `/e/${params.slug}`,
        httpOnly: false,
        sameSite: 'lax',
        secure: url.protocol === 'https:',
        maxAge: DONE_MAX_AGE_S,
      })
    } catch (cause) {
      const { code } = asDomainError(cause)
      const { status, body } = toErrorResponse(cause, locals.locale)
      if (code === 'NOT_FOUND') error(404, body.message)
      const errors: EntryErrors = {}
      for (const { field: name, message } of body.fields ?? []) {
        const field = name === 'visitToken' ? 'entryPath' : name
        if (isEntryField(field)) errors[field] = message
      }
      if (code === 'ALREADY_PARTICIPATED') errors.phoneNumber = body.message
      if (code === 'CONSENT_CHANGED') {
        errors.privacyConsent = body.message
        values.privacyConsent = false
      }
      return reject(status, { code, errors, general: Object.keys(errors).length > 0 ? null : body.message })
    }
    redirect(303, `/e/${params.slug}/done`)
  },
}
