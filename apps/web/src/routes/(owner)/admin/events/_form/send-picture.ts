import type { ApiError } from '#lib/api-error.ts'
import * as m from '#lib/paraglide/messages.js'
import { deserialize } from '$app/forms'
import type { PictureChoice } from './picture-choice.svelte.ts'

interface Rejected extends Record<string, unknown> {
  message: string
  errors: Record<string, string>
}

/** Sends a picture through the form action of its page. Resolves to why it was rejected, if it was. */
export async function sendPicture(eventId: string, choice: PictureChoice): Promise<ApiError | undefined> {
  const body = new FormData()
  body.set('altText', choice.altText)
  if (choice.file) body.set('picture', choice.file)
  const notSent = { message: m.form_picture_not_sent(), code: '', fields: {} }
  try {
    const response = await fetch(`/admin/events/${eventId}/picture?/save`, {
      method: 'POST',
      headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
      body,
    })
    const result = deserialize<Record<string, unknown>, Rejected>(await response.text())
    if (result.type === 'redirect' && result.location.endsWith('?saved')) return undefined
    if (result.type !== 'failure' || !result.data) return notSent
    return { message: result.data.message, code: '', fields: result.data.errors }
  } catch {
    // No response, or one that is none of ours: the same to who sees it.
    return notSent
  }
}
