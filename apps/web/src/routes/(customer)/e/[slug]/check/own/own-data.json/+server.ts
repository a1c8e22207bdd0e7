import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { unlist } from '#lib/server/http/unlist.ts'
import { loadEvent } from '../../../load-event.ts'
import { readProof } from '../own-proof.ts'
import type { RequestHandler } from './$types'

/** What is stored about an entrant as a JSON file. */
export const POST: RequestHandler = async (event) => {
  unlist(event)
  const { id: eventId } = await loadEvent(event)
  try {
    const proof = readProof(event.cookies)
    const { proof: _, ...data } = await event.locals.api.participations.ownData({ eventId, proof })
    return new Response(`${JSON.stringify(data, null, 2)}\n`, {
      headers: {
        'content-type': 'application/json',
        'content-disposition': `attachment; filename="eungmo-${data.applicationNumber}.json"`,
      },
    })
  } catch (cause) {
    const { status, body, headers } = toErrorResponse(cause, event.locals.locale)
    return Response.json(body, { status, headers })
  }
}
