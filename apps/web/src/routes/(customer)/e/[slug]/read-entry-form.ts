import { registerInput } from '@eungmo/api/participations/schema'
import { uuid } from '@eungmo/api/validation/fields'
import { z } from 'zod'
import { readTexts } from '#lib/server/forms/read-form.ts'
import type { EntryValues } from './entry-rules.ts'

export interface EntryForm {
  values: EntryValues
  /** Empty unless the link carried the in-store token. */
  visitToken: string
  submissionId: string
  /** Of the consent text that the form showed; undefined from a form without it. */
  consentVersion: number | undefined
  /** Of the marketing text whose box was ticked; undefined where it was not. */
  marketingVersion: number | undefined
}

/** Whatever is no version is no tick: the box decides nothing about the entry. */
const versionField = z.coerce.number().pipe(registerInput.shape.marketingVersion.unwrap())

/** What the entry form sent; a submission id that is no UUID is replaced. Rejects where the body is no form. */
export async function readEntryForm(request: Request): Promise<EntryForm> {
  const form = await readTexts(request)
  const { name = '', phoneNumber = '', entryPath = '', visitToken = '' } = form
  return {
    values: { name, phoneNumber, entryPath, privacyConsent: form.privacyConsent !== undefined },
    visitToken,
    consentVersion: form.consentVersion === undefined ? undefined : Number(form.consentVersion),
    marketingVersion: versionField.safeParse(form.marketingVersion).data,
    submissionId: uuid.catch(() => crypto.randomUUID()).parse(form.submissionId),
  }
}
