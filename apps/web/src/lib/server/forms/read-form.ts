import { error } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'

/** A posted form's texts by name; a missing one is undefined, and files are left out. */
export type FormTexts = Partial<Record<string, string>>

/** The texts of a posted form, as typed. Ends with the error page for 400 where the body is no form. */
export async function readForm(request: Request): Promise<FormTexts> {
  const form = await request.formData().catch(() => error(400, m.error_unexpected()))
  const texts: FormTexts = {}
  for (const [name, value] of form) if (typeof value === 'string') texts[name] ??= value
  return texts
}
