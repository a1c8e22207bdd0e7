import { maskName } from '@eungmo/api/validation/mask-name'
import { redirect } from '@sveltejs/kit'
import { forPage } from '#lib/server/api/error-response.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals: { api }, params: { eventId }, url }) => {
  const [event, draws] = await forPage(
    Promise.all([api.events.getForOwner({ eventId }), api.draws.list({ eventId })]),
    url,
  )
  const newest = draws.find((draw) => draw.drawnAt !== null)
  if (!newest) redirect(303, `/admin/events/${eventId}/draw`)
  const winners = newest.winners
    .toSorted((a, b) => a.rank - b.rank)
    // Everybody in the shop sees this page: its source holds no more than it shows.
    .map(({ rank, name, applicationNumber, prize }) => ({
      rank,
      name: name && maskName(name),
      applicationNumber,
      prize,
    }))
  return { event, winners }
}
