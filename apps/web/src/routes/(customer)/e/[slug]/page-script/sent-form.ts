import { enteredSubmission } from './entered-here.ts'

/**
 * What this tab sent last, until a response has come: where the connection is lost the browser shows its own
 * error page, and the way back may lead to an empty form.
 */
const keyOf = (eventId: string) => `eungmo:sent:${eventId}`

/** After this it is not offered again: the phone may have been handed on. */
const MAX_AGE_MS = 600_000

/** What belongs to the page that shows the form, not to what was typed. */
const ofPage = new Set(['visitToken', 'consentVersion'])

interface SentForm {
  sentAt: number
  fields: [name: string, value: string][]
}

export function rememberSentForm(eventId: string, form: HTMLFormElement): void {
  const fields = [...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)])
  try {
    sessionStorage.setItem(keyOf(eventId), JSON.stringify({ sentAt: Date.now(), fields }))
  } catch {
    // Blocked storage throws. Then the browser's own history is all there is.
  }
}

export function forgetSentForm(eventId: string): void {
  try {
    sessionStorage.removeItem(keyOf(eventId))
  } catch {
    // Blocked storage holds nothing.
  }
}

const textOf = (form: HTMLFormElement, name: string) => String(new FormData(form).get(name) ?? '')

function sentForm(eventId: string): SentForm | null {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(eventId)) ?? 'null')
  } catch {
    return null
  }
}

/**
 * Fills the form with an entry that was sent and got no response, with its submission id, so that sending it
 * again creates no second entry. Returns whether there was one; leaves fields alone that were typed in.
 */
export function restoreLostForm(eventId: string, form: HTMLFormElement): boolean {
  const sent = sentForm(eventId)
  forgetSentForm(eventId)
  if (!sent || Date.now() - sent.sentAt > MAX_AGE_MS) return false
  const fields = new Map(sent.fields)
  // The tick was for the text that the page showed then.
  if (fields.get('consentVersion') !== textOf(form, 'consentVersion')) fields.delete('privacyConsent')
  if (fields.get('submissionId') === enteredSubmission(eventId)) return false
  for (const input of form.querySelectorAll('input')) {
    const value = fields.get(input.name)
    if (input.type === 'radio' || input.type === 'checkbox') input.checked = input.value === value
    else if (value !== undefined && !ofPage.has(input.name) && input.value === input.defaultValue)
      input.value = value
  }
  return true
}
