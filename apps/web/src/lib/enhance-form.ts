import { type ActionResult, enhance as enhanceWithKit, type SubmitFunction } from '$app/forms'

/**
 * SvelteKit's `enhance`; where one of our scripts throws, the browser continues as it does without scripts.
 */
export function enhance(form: HTMLFormElement, submit?: SubmitFunction) {
  return enhanceWithKit(form, async (input) => {
    try {
      const onResult = await submit?.(input)
      return async (response) => {
        try {
          await (onResult ? onResult(response) : response.update())
        } catch (error) {
          reportError(error)
          followPlainly(form, response.result)
        }
      }
    } catch (error) {
      reportError(error)
      input.cancel()
      submitPlainly(form)
    }
  })
}

/** From the prototype: a field named "submit" would hide the method. It fires no submit event. */
const submitPlainly = (form: HTMLFormElement) => HTMLFormElement.prototype.submit.call(form)

/** What took effect is not sent again; what was rejected is, so that the response shows why. */
function followPlainly(form: HTMLFormElement, result: ActionResult): void {
  if (result.type === 'redirect') location.assign(result.location)
  else if (result.type === 'success') location.reload()
  else submitPlainly(form)
}
