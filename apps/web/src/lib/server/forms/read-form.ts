import { error } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'

/** A posted form's texts by name; a missing one is undefined, and files are left out. */
export type FormTexts = Partial<Record<string, string>>

/** The texts of a posted form, as typed. Rejects where the body is no form. */
export async function readTexts(request: Request): Promise<FormTexts> {
  const texts: FormTexts = {}
  for (const [name, value] of await request.formData()) if (typeof value === 'string') texts[name] ??= value
  return texts
}

/** As readTexts, in a page: ends with the error page for 400 where the body is no form. */
export const readForm = (request: Request): Promise<FormTexts> =>
  readTexts(request).catch(() => error(400, m.error_unexpected()))
