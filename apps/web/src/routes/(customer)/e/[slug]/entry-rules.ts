import { type NameError, parseName } from '@eungmo/api/validation/name'
import { type PhoneError, parsePhone } from '@eungmo/api/validation/phone'

/** The form's values, named as in POST /api/v1/participations. */
export interface EntryValues {
  name: string
  phoneNumber: string
  entryPath: string
  privacyConsent: boolean
}

export type EntryField = keyof EntryValues

/** In the order of the page. */
export const entryFields: readonly EntryField[] = ['name', 'phoneNumber', 'entryPath', 'privacyConsent']

export type EntryErrorCode =
  | NameError
  | PhoneError
  | 'name.missing'
  | 'phone.missing'
  | 'path.missing'
  | 'consent.missing'

/**
 * The rules of the form, for the server and for the page's script. `pathNeeded` is false where a visit token
 * replaces the entry path.
 */
export function checkEntry(
  values: EntryValues,
  pathNeeded: boolean,
): Partial<Record<EntryField, EntryErrorCode>> {
  const name = values.name.trim() === '' ? 'name.missing' : parseName(values.name).error
  const phone = values.phoneNumber.trim() === '' ? 'phone.missing' : parsePhone(values.phoneNumber).error
  return {
    ...(name && { name }),
    ...(phone && { phoneNumber: phone }),
    ...(pathNeeded && values.entryPath === '' && { entryPath: 'path.missing' as const }),
    ...(!values.privacyConsent && { privacyConsent: 'consent.missing' as const }),
  }
}
