import { pictures } from '#lib/server/pictures/pictures.ts'
import { storedPictures } from '#lib/server/pictures/stored-pictures.ts'
import { drawPoster, readPoster } from '../poster/read-poster.ts'
import type { RequestHandler } from './$types'

/** 300 dots per inch on A5, and 211 on A4. Drawing it takes 47 MB for a moment; 300 on A4 would take 85 MB. */
const WIDTH_PX = 1_748

/** The poster of a channel as a picture. */
export const GET: RequestHandler = async (event) => {
  const poster = await readPoster(event)
  const { content, choice } = poster
  return storedPictures.respond(event.request, {
    cacheControl: 'private, no-cache',
    shows: { poster: content, language: choice.language },
    async draw() {
      const svg = await drawPoster(poster)
      return (await pictures()).png(svg, WIDTH_PX)
    },
  })
}
