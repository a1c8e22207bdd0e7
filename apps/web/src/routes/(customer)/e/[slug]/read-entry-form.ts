import type { EntryValues } from './entry-rules.ts'

export interface EntryForm {
  values: EntryValues
  /** Empty unless the link carried the in-store token. */
  visitToken: string
  submissionId: string
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** What the entry form sent; a submission id that is no UUID is replaced. */
export function readEntryForm(form: FormData): EntryForm {
  const posted = text(form, 'submissionId')
  return {
    values: {
      name: text(form, 'name'),
      phoneNumber: text(form, 'phoneNumber'),
      entryPath: text(form, 'entryPath'),
      privacyConsent: form.has('privacyConsent'),
    },
    visitToken: text(form, 'visitToken'),
    submissionId: uuidPattern.test(posted) ? posted : crypto.randomUUID(),
  }
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
