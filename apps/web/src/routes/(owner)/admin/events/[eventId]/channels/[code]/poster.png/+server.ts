import { pictures } from '#lib/server/pictures/pictures.ts'
import { storedPictures } from '#lib/server/pictures/stored-pictures.ts'
import { drawPoster, readPoster } from '../poster/read-poster.ts'
import type { RequestHandler } from './$types'

/** 300 dots per inch. */
const WIDTHS_PX = { a4: 2_480, a5: 1_748 }

/** The poster of a channel as a picture for a print shop. */
export const GET: RequestHandler = async (event) => {
  const poster = await readPoster(event)
  const { content, choice } = poster
  return storedPictures.respond(event.request, {
    cacheControl: 'private, no-cache',
    shows: { poster: content, language: choice.language, size: choice.size },
    async draw() {
      const svg = await drawPoster(poster)
      return (await pictures()).png(svg, WIDTHS_PX[choice.size])
    },
  })
}
