import { formatPhoneInput, formatTypedEarly } from '#lib/phone-input.ts'
import type { EntryTexts } from '../entry-errors.ts'
import { checkEntry, type EntryErrorCode, type EntryField, entryFields } from '../entry-rules.ts'
import { Field } from './field.ts'
import { forgetSentForm, rememberSentForm, restoreLostForm } from './sent-form.ts'

/** After this the button may be pressed again: a retry with the same submission id creates no second entry. */
const MAX_BUSY_MS = 10_000

/** Adds hyphens while typing, errors beside the fields, and a busy button. The browser posts the form. */
export function enhanceForm(form: HTMLFormElement, eventId: string): void {
  const texts: EntryTexts = JSON.parse(form.dataset.texts ?? '')
  const rejected = form.dataset.rejected !== undefined
  const fields = fieldsOf(form)
  const alert = form.querySelector('[role=alert]')
  const button = form.querySelector('button[type=submit]')
  const connectionLost = document.getElementById('connection-lost')
  /** Fields that were left with a value: tabbing through empty ones shows no errors. */
  const left = new Set<EntryField>()
  let submitted = rejected
  /** Between mousedown and click nothing may move, or the click misses what was pressed. */
  let pressing = false
  let busyTimer: ReturnType<typeof setTimeout> | undefined

  const textOf = (name: string) => String(new FormData(form).get(name) ?? '')

  /** Where this browser cannot check, the server does. */
  function check(): Partial<Record<EntryField, EntryErrorCode>> {
    try {
      return checkEntry(
        {
          name: textOf('name'),
          phoneNumber: textOf('phoneNumber'),
          entryPath: textOf('entryPath'),
          privacyConsent: new FormData(form).has('privacyConsent'),
        },
        !new FormData(form).has('visitToken'),
      )
    } catch (error) {
      reportError(error)
      return {}
    }
  }

  /** Shows the errors of now; returns whether the form may be sent. */
  function showErrors(): boolean {
    const found = check()
    for (const field of fields) {
      const code = found[field.name]
      field.show(code && (submitted || left.has(field.name)) ? texts.errors[code] : undefined)
    }
    return Object.keys(found).length === 0
  }

  function reportErrors(): void {
    const invalid = fields.filter((field) => field.isInvalid)
    invalid[0]?.focus()
    announce(texts.summaries[invalid.length - 1] ?? '')
  }

  function announce(text: string): void {
    if (alert) alert.textContent = text
  }

  function setBusy(busy: boolean): void {
    clearTimeout(busyTimer)
    if (busy) {
      button?.setAttribute('aria-busy', 'true')
      busyTimer = setTimeout(() => setBusy(false), MAX_BUSY_MS)
    } else button?.removeAttribute('aria-busy')
  }

  function showConnectionLost(lost: boolean): void {
    if (connectionLost) connectionLost.hidden = !lost
  }

  /** Whether the browser may post the form now. */
  function maySend(): boolean {
    if (button?.hasAttribute('aria-busy')) return false
    submitted = true
    announce('')
    showConnectionLost(false)
    if (!showErrors()) {
      reportErrors()
      return false
    }
    // Where the connection is lost later, the browser says so itself.
    if (navigator.onLine === false) {
      showConnectionLost(true)
      return false
    }
    rememberSentForm(eventId, form)
    setBusy(true)
    return true
  }

  form.addEventListener('input', (event) => {
    const { target } = event
    try {
      if (target instanceof HTMLInputElement && target.type === 'tel') formatPhoneInput(target, event)
    } finally {
      showErrors()
    }
  })
  form.addEventListener('focusout', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.value === '') return
    const field = fields.find(({ name }) => name === target.name)
    if (!field || target.type === 'radio' || target.type === 'checkbox') return
    left.add(field.name)
    if (!pressing) showErrors()
  })
  addEventListener('mousedown', () => (pressing = true), true)
  addEventListener(
    'mouseup',
    () => {
      // The click follows in the same task.
      setTimeout(() => {
        pressing = false
        showErrors()
      })
    },
    true,
  )
  form.addEventListener('submit', (event) => {
    try {
      if (!maySend()) event.preventDefault()
    } catch (error) {
      // The browser continues as it does without scripts.
      reportError(error)
    }
  })
  addEventListener('pageshow', () => {
    setBusy(false)
    if (rejected) forgetSentForm(eventId)
    else if (restoreLostForm(eventId, form)) showConnectionLost(true)
  })

  for (const field of form.querySelectorAll('input')) if (field.type === 'tel') formatTypedEarly(field)
  if (!rejected) return
  // Screen readers announce an alert that changes, not one that the page came with.
  announce((alert instanceof HTMLElement && alert.dataset.announcement) || '')
  fields.find((field) => field.isInvalid)?.focus()
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return entryFields.flatMap((name) => {
    const error = document.getElementById(`field-${name}-error`)
    return error ? [new Field(form, name, error)] : []
  })
}
