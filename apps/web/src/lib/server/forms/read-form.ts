import { error } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'

/** A posted form's texts by name; a missing one is undefined, and files are left out. */
export type FormTexts = Partial<Record<string, string>>

/** The texts of a posted form, as typed. Rejects where the body is no form. */
export const readTexts = async (request: Request): Promise<FormTexts> => textsOf(await request.formData())

function textsOf(form: FormData): FormTexts {
  const texts: FormTexts = {}
  for (const [name, value] of form) if (typeof value === 'string') texts[name] ??= value
  return texts
}

/** As readTexts, in a page: ends with the error page for 400 where the body is no form. */
export const readForm = (request: Request): Promise<FormTexts> =>
  readTexts(request).catch(() => error(400, m.error_unexpected()))

/**
 * The texts of a posted form and the file of one field, null where none was chosen. Ends with the error page for 400
 * where the body is no form.
 */
export async function readUpload(
  request: Request,
  field: string,
): Promise<{ texts: FormTexts; upload: Uint8Array | null }> {
  const form = await request.formData().catch(() => error(400, m.error_unexpected()))
  const file = form.get(field)
  return { texts: textsOf(form), upload: file instanceof File && file.size > 0 ? await file.bytes() : null }
}
