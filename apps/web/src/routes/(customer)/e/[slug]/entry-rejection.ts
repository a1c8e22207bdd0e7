import { asDomainError } from '@eungmo/api/errors/as-domain-error'
import { toErrorResponse } from '@eungmo/api/errors/error-response'
import type { Locale } from '@eungmo/api/locale'
import * as m from '#lib/paraglide/messages.js'
import type { EntryErrors } from './entry-errors.ts'
import type { EntryFailure } from './entry-failure.ts'
import { type EntryField, entryFields } from './entry-rules.ts'
import type { EntryForm } from './read-entry-form.ts'

/** What the page shows for an entry that was not stored: the form with its errors, or an error page. */
export type EntryRejection = { status: number } & ({ failure: EntryFailure } | { message: string })

/** The body is no form. */
export const unreadableForm = (): EntryRejection => ({ status: 400, message: m.error_unexpected() })

/** The form has errors of its own. */
export const invalidForm = (form: EntryForm, errors: EntryErrors): EntryRejection =>
  rejectedForm(form, 400, { code: 'VALIDATION_FAILED', errors })

/** The use case has thrown. */
export function rejectionOfError(cause: unknown, form: EntryForm, locale: Locale): EntryRejection {
  const { code } = asDomainError(cause)
  const { status, body } = toErrorResponse(cause, locale)
  if (code === 'NOT_FOUND') return { status: 404, message: body.message }
  const errors: EntryErrors = {}
  for (const { field: name, message } of body.fields ?? []) {
    const field = name === 'visitToken' ? 'entryPath' : name
    if (isEntryField(field)) errors[field] = message
  }
  if (code === 'ALREADY_PARTICIPATED') errors.phoneNumber = body.message
  if (code === 'CONSENT_CHANGED') errors.privacyConsent = body.message
  const general = Object.keys(errors).length > 0 ? null : body.message
  const values = { ...form.values }
  // The tick was for the text that the form showed.
  if (code === 'CONSENT_CHANGED') values.privacyConsent = false
  return rejectedForm({ ...form, values }, status, { code, errors, general })
}

function isEntryField(name: string): name is EntryField {
  return entryFields.some((field) => field === name)
}

const rejectedForm = (
  { values, submissionId, marketingVersion }: EntryForm,
  status: number,
  more: Partial<EntryFailure> & { code: string },
): EntryRejection => ({
  status,
  failure: { values, submissionId, marketingVersion, errors: {}, general: null, ...more },
})
