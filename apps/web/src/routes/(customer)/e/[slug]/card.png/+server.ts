import { eventPicture } from '#lib/server/pictures/event-picture.ts'
import { cardVersion, linkCardPicture } from '#lib/server/pictures/link-card.ts'
import { pictures } from '#lib/server/pictures/pictures.ts'
import { storedPictures } from '#lib/server/pictures/stored-pictures.ts'
import { loadEvent } from '../load-event.ts'
import type { RequestHandler } from './$types'

const IMMUTABLE = 'public, max-age=31536000, immutable'

/**
 * The picture that the preview of a link to the event shows: PNG of 1,200 × 630 px. An address with `v`, the version,
 * never changes; one with an earlier version shows what is current, and is not stored.
 */
export const GET: RequestHandler = async (event) => {
  const view = await loadEvent(event)
  const version = cardVersion(view)
  return storedPictures.respond(event.request, {
    ...(event.url.searchParams.get('v') === version && { cacheControl: IMMUTABLE }),
    shows: { card: version },
    async draw() {
      const renderer = await pictures()
      return renderer.png(linkCardPicture(view, await eventPicture(view), renderer))
    },
  })
}
