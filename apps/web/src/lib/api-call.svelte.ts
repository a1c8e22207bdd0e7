import * as m from '#lib/paraglide/messages.js'
import { type ApiError, parseApiError } from './api-error.ts'

/**
 * The state of a button or form that calls the API: whether a call is running, and why the last one failed.
 */
export class ApiCall {
  busy = $state(false)
  error = $state.raw<ApiError>()
  readonly #noResponse: () => string

  /** `noResponse` is the message where no response came. */
  constructor(noResponse: () => string = m.error_unexpected) {
    this.#noResponse = noResponse
  }

  /** The message for a form with one field: that of the field, else the general one. */
  get fieldMessage(): string | undefined {
    return this.error && (Object.values(this.error.fields)[0] ?? this.error.message)
  }

  /**
   * Runs `call` and resolves to whether it succeeded; a failure is in `error`. Does nothing while another
   * call is running.
   */
  async run(call: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.error = undefined
    try {
      await call()
      return true
    } catch (error) {
      this.error = parseApiError(error, this.#noResponse())
      return false
    } finally {
      this.busy = false
    }
  }
}
