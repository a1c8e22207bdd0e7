import type { RequestEvent } from '@sveltejs/kit'
import { forPage } from '#lib/server/api/error-response.ts'
import type { FormTexts } from '#lib/server/forms/read-form.ts'

/** The whole number of the participant whom a button without scripts posts. */
export async function revealPosted(
  { locals: { api }, params: { eventId = '' }, url }: Pick<RequestEvent, 'locals' | 'params' | 'url'>,
  { participantId = '' }: FormTexts,
): Promise<{ participantId: string; phoneNumber: string | null }> {
  const { phoneNumber } = await forPage(api.participants.reveal({ eventId, participantId }), url)
  return { participantId, phoneNumber }
}
