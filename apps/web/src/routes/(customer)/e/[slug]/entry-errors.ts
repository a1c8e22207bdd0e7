import * as m from '#lib/paraglide/messages.js'
import {
  checkEntry,
  type EntryErrorCode,
  type EntryField,
  type EntryValues,
  entryFields,
} from './entry-rules.ts'

/** A message for each field with an error. */
export type EntryErrors = Partial<Record<EntryField, string>>

const messages: Record<EntryErrorCode, () => string> = {
  'name.missing': m.entry_error_name_missing,
  'name.too_short': m.entry_error_name_short,
  'name.too_long': m.entry_error_name_long,
  'name.invalid': m.entry_error_name_letters,
  'phone.missing': m.entry_error_phone_missing,
  'phone.invalid': m.entry_error_phone,
  'phone.safe_number': m.entry_error_phone_safe,
  'path.missing': m.entry_error_path,
  'consent.missing': m.entry_error_consent,
}

/** The errors of an entry in the language of the request. */
export function entryErrors(values: EntryValues, pathNeeded: boolean): EntryErrors {
  const errors: EntryErrors = {}
  for (const [field, code] of Object.entries(checkEntry(values, pathNeeded))) {
    errors[field as EntryField] = messages[code]()
  }
  return errors
}

/** The texts that the page's script shows, in the language of the page. */
export interface EntryTexts {
  errors: Record<EntryErrorCode, string>
  /** How many fields have an error: the first text is for one field. */
  summaries: string[]
}

/** All texts of the form's errors: the page carries them, so that its script needs no translations. */
export function entryTexts(): EntryTexts {
  const errors = Object.fromEntries(Object.entries(messages).map(([code, message]) => [code, message()]))
  return {
    errors: errors as Record<EntryErrorCode, string>,
    summaries: entryFields.map((_, position) => m.entry_error_summary({ count: position + 1 })),
  }
}
