import type { EntryField } from '../entry-rules.ts'

/** A field of the form with the place of its error. */
export class Field {
  readonly name: EntryField
  readonly #inputs: HTMLInputElement[]
  readonly #error: HTMLElement
  /** What carries aria-invalid: the input, or the group of the radio buttons. */
  readonly #invalid: Element
  /** The error that the server rendered. */
  readonly #fromServer: ChildNode[]

  constructor(form: HTMLFormElement, name: EntryField, error: HTMLElement) {
    this.name = name
    this.#inputs = [...form.querySelectorAll<HTMLInputElement>(`input[name=${name}]`)]
    this.#error = error
    this.#invalid = this.#inputs[0]?.closest('[role=radiogroup]') ?? this.#inputs[0] ?? error
    this.#fromServer = error.hidden ? [] : [...error.childNodes]
  }

  get isInvalid(): boolean {
    return this.#invalid.hasAttribute('aria-invalid')
  }

  /**
   * Shows the server's error while the field is as it was sent, else `message`; without either the field has
   * no error.
   */
  show(message: string | undefined): void {
    const unchanged = this.#inputs.every(
      (input) => input.value === input.defaultValue && input.checked === input.defaultChecked,
    )
    const local = message === undefined ? [] : [message]
    const content = unchanged && this.#fromServer.length > 0 ? this.#fromServer : local
    this.#error.replaceChildren(...content)
    this.#error.hidden = content.length === 0
    if (content.length > 0) {
      this.#invalid.setAttribute('aria-invalid', 'true')
      this.#invalid.setAttribute('aria-describedby', this.#error.id)
    } else {
      this.#invalid.removeAttribute('aria-invalid')
      this.#invalid.removeAttribute('aria-describedby')
    }
  }

  focus(): void {
    const [first] = this.#inputs
    const details = first?.closest('details')
    if (details) details.open = true
    first?.focus()
  }
}
