import { pictures } from '#lib/server/pictures/pictures.ts'
import { storedPictures } from '#lib/server/pictures/stored-pictures.ts'
import { drawPoster, readPoster } from '../poster/read-poster.ts'
import type { RequestHandler } from './$types'

/** The poster of a channel with outlines in place of texts, which its page shows and prints. */
export const GET: RequestHandler = async (event) => {
  const poster = await readPoster(event)
  const { content, choice } = poster
  return storedPictures.respond(event.request, {
    contentType: 'image/svg+xml',
    cacheControl: 'private, no-cache',
    shows: { poster: content, language: choice.language },
    async draw() {
      const svg = await drawPoster(poster)
      return new TextEncoder().encode((await pictures()).outlines(svg))
    },
  })
}
