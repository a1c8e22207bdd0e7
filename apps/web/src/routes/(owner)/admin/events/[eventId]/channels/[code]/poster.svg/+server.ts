import { pictures } from '#lib/server/pictures/pictures.ts'
import { StoredPictures } from '#lib/server/pictures/stored-pictures.ts'
import { drawPoster, readPoster } from '../poster/read-poster.ts'
import type { RequestHandler } from './$types'

const stored = new StoredPictures({ contentType: 'image/svg+xml', cacheControl: 'private, no-cache' })

/** The poster of a channel with outlines in place of texts, which its page shows and prints. */
export const GET: RequestHandler = async (event) => {
  const poster = await readPoster(event)
  const { content, choice } = poster
  return stored.respond(event.request, JSON.stringify([content, choice.language]), async () => {
    const svg = await drawPoster(poster)
    return new TextEncoder().encode((await pictures()).outlines(svg))
  })
}
