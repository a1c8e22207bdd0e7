import { formatAtCaret } from '@eungmo/api/validation/phone'

/** Attributes of a field for a Korean phone number. */
export const phoneAttributes = {
  name: 'phoneNumber',
  type: 'tel',
  inputmode: 'numeric',
  autocomplete: 'tel-national',
  placeholder: '010-0000-0000',
  // Longer than any number that is accepted: the browser must not cut off a digit.
  maxlength: 100,
  required: true,
} as const

/** Adds hyphens to what was typed before the page's script ran; leaves alone what the server filled in. */
export function formatTypedEarly(field: HTMLInputElement): void {
  if (field.value !== field.defaultValue) formatPhoneInput(field, new Event('input'))
}

/**
 * Adds hyphens to what was typed, without moving the caret away from its digit; returns the field's new
 * value.
 */
export function formatPhoneInput(field: HTMLInputElement, event: Event): string {
  // An unfinished IME composition must not be changed.
  if (event instanceof InputEvent && event.isComposing) return field.value
  const { value, caret } = formatAtCaret(field.value, field.selectionStart ?? field.value.length)
  if (value !== field.value) {
    field.value = value
    field.setSelectionRange(caret, caret)
  }
  return value
}
