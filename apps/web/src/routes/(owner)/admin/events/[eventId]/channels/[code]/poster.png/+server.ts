import { pictures } from '#lib/server/pictures/pictures.ts'
import { StoredPictures } from '#lib/server/pictures/stored-pictures.ts'
import { drawPoster, readPoster } from '../poster/read-poster.ts'
import type { RequestHandler } from './$types'

/** 300 dots per inch. */
const WIDTHS_PX = { a4: 2_480, a5: 1_748 }

const stored = new StoredPictures({ contentType: 'image/png', cacheControl: 'private, no-cache' })

/** The poster of a channel as a picture for a print shop. */
export const GET: RequestHandler = async (event) => {
  const poster = await readPoster(event)
  const { content, choice } = poster
  const shows = JSON.stringify([content, choice.language, choice.size])
  return stored.respond(event.request, shows, async () => {
    const svg = await drawPoster(poster)
    return (await pictures()).png(svg, WIDTHS_PX[choice.size])
  })
}
