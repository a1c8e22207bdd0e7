import * as m from '#lib/paraglide/messages.js'
import { looksLikePhone } from './phone-input.ts'

/** What the form holds; the names are those of POST /api/v1/participations. */
export interface EntryValues {
  name: string
  phoneNumber: string
  entryPath: string
  privacyConsent: boolean
}

export type EntryField = keyof EntryValues
/** A sentence for each field that is wrong. */
export type EntryErrors = Partial<Record<EntryField, string>>

/** In the order in which they stand on the page. */
export const entryFields: readonly EntryField[] = ['name', 'phoneNumber', 'entryPath', 'privacyConsent']

const segmenter = new Intl.Segmenter('ko', { granularity: 'grapheme' })

/** The same rules as the server's, checked while one types. `pathNeeded` is false where a visit token stands for it. */
export function entryErrors(values: EntryValues, pathNeeded: boolean): EntryErrors {
  const errors: EntryErrors = {}
  const name = values.name.trim().normalize('NFC')
  const letters = [...segmenter.segment(name)].length
  if (letters === 0) errors.name = m.entry_error_name_missing()
  else if (letters < 2) errors.name = m.entry_error_name_short()
  else if (letters > 50) errors.name = m.entry_error_name_long()
  else if (/\p{Cc}/u.test(name)) errors.name = m.entry_error_name_letters()
  if (values.phoneNumber.trim() === '') errors.phoneNumber = m.entry_error_phone_missing()
  else if (!looksLikePhone(values.phoneNumber)) errors.phoneNumber = m.entry_error_phone()
  if (pathNeeded && values.entryPath === '') errors.entryPath = m.entry_error_path()
  if (!values.privacyConsent) errors.privacyConsent = m.entry_error_consent()
  return errors
}
