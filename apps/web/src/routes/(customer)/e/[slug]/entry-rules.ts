import { type NameError, parseName } from '@eungmo/api/validation/name'
import { type PhoneError, parsePhone } from '@eungmo/api/validation/phone'
import * as m from '#lib/paraglide/messages.js'

/** The form's values, named as in POST /api/v1/participations. */
export interface EntryValues {
  name: string
  phoneNumber: string
  entryPath: string
  privacyConsent: boolean
}

export type EntryField = keyof EntryValues
/** A message for each field with an error. */
export type EntryErrors = Partial<Record<EntryField, string>>

/** In the order of the page. */
export const entryFields: readonly EntryField[] = ['name', 'phoneNumber', 'entryPath', 'privacyConsent']

const nameErrors: Record<NameError, () => string> = {
  'name.too_short': m.entry_error_name_short,
  'name.too_long': m.entry_error_name_long,
  'name.invalid': m.entry_error_name_letters,
}

const phoneErrors: Record<PhoneError, () => string> = {
  'phone.invalid': m.entry_error_phone,
  'phone.safe_number': m.entry_error_phone_safe,
}

/**
 * Checks the server's rules while the form is filled in. `pathNeeded` is false where a visit token replaces
 * the entry path.
 */
export function entryErrors(values: EntryValues, pathNeeded: boolean): EntryErrors {
  const errors: EntryErrors = {}
  const name = parseName(values.name)
  if (values.name.trim() === '') errors.name = m.entry_error_name_missing()
  else if (name.error) errors.name = nameErrors[name.error]()
  const phone = parsePhone(values.phoneNumber)
  if (values.phoneNumber.trim() === '') errors.phoneNumber = m.entry_error_phone_missing()
  else if (phone.error) errors.phoneNumber = phoneErrors[phone.error]()
  if (pathNeeded && values.entryPath === '') errors.entryPath = m.entry_error_path()
  if (!values.privacyConsent) errors.privacyConsent = m.entry_error_consent()
  return errors
}
