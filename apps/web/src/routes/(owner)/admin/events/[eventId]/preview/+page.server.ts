import { fail } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { forPage } from '#lib/server/api/error-response.ts'
import { entryErrors } from '../../../../../(customer)/e/[slug]/entry-errors.ts'
import type { EntryFailure } from '../../../../../(customer)/e/[slug]/entry-failure.ts'
import { entryPageData } from '../../../../../(customer)/e/[slug]/entry-page-data.ts'
import { readEntryForm } from '../../../../../(customer)/e/[slug]/read-entry-form.ts'
import type { Actions, PageServerLoad } from './$types'

export const csr = false

export const load: PageServerLoad = async ({ locals, params: { eventId }, url }) => {
  const view = await forPage(locals.api.events.getPreview({ eventId }), url)
  return { event: entryPageData(view, locals.locale), submissionId: crypto.randomUUID() }
}

export const actions: Actions = {
  /** Checks what was typed and stores nothing; for the event's own shop, as the page. */
  default: async ({ locals, params: { eventId }, request, url }) => {
    await forPage(locals.api.events.getPreview({ eventId }), url)
    const { values, visitToken, submissionId, marketingVersion } = await readEntryForm(request)
    const errors = entryErrors(values, visitToken === '')
    const valid = Object.keys(errors).length === 0
    return fail<EntryFailure>(valid ? 409 : 400, {
      code: valid ? 'PREVIEW' : 'VALIDATION_FAILED',
      values,
      submissionId,
      marketingVersion,
      errors,
      general: valid ? m.entry_preview_submitted() : null,
    })
  },
}
