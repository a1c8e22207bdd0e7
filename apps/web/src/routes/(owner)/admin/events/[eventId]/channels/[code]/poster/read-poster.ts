import { DomainError } from '@eungmo/api/errors/domain-error'
import type { RequestEvent } from '@sveltejs/kit'
import { z } from 'zod'
import * as m from '#lib/paraglide/messages.js'
import { forPage } from '#lib/server/api/error-response.ts'
import { eventPicture } from '#lib/server/pictures/event-picture.ts'
import { pictures } from '#lib/server/pictures/pictures.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import { isLocal, lanOrigin } from '../../lan-origin.ts'
import { type PosterContent, posterContent, stripText } from './poster-content.ts'
import { posterPicture } from './poster-picture.ts'

const posterQuery = z.object({
  /** Of the poster, whatever the language of its page. */
  language: z.enum(['ko', 'en']).catch('ko'),
  size: z.enum(['a4', 'a5']).catch('a4'),
  /** With the address in the local network, where the public one is of this machine only. */
  lan: z.stringbool().catch(false),
})
export type PosterChoice = z.output<typeof posterQuery>

export interface Poster {
  eventId: string
  choice: PosterChoice
  content: PosterContent
  /** The channel's name. */
  entryPath: string
  /** What the red strip says, in the language of the page; null without a strip. */
  warning: string | null
  /** The host of its link, where that is this machine; else null. */
  localHost: string | null
  /** Without an extension. */
  fileName: string
}

type Asked = Pick<RequestEvent<{ eventId: string; code: string }>, 'locals' | 'params' | 'url'>

/** The poster of a channel, as its page, print and pictures show it. Ends with 404 for an unknown channel. */
export async function readPoster({ locals, params: { eventId, code }, url }: Asked): Promise<Poster> {
  const choice = posterQuery.parse(Object.fromEntries(url.searchParams))
  const { publicUrl } = dependencies()
  const origin = (choice.lan && lanOrigin(publicUrl)) || publicUrl
  const read = async () => {
    const [event, channels] = await Promise.all([
      locals.api.events.getPreview({ eventId }),
      locals.api.channels.list({ eventId }),
    ])
    const channel = channels.find((each) => each.code === code)
    if (!channel) throw new DomainError('NOT_FOUND')
    return { event, channel }
  }
  const { event, channel } = await forPage(read(), url)
  const link = channel.link.replace(publicUrl, origin)
  return {
    eventId: event.id,
    choice,
    content: posterContent(event, { ...channel, link }, origin, choice.language),
    entryPath: channel.entryPath,
    warning: stripText(event, channel, locals.locale),
    localHost: isLocal(origin) ? new URL(origin).host : null,
    fileName: `${event.slug}-${code}-poster`,
  }
}

/** The poster as SVG with texts. */
export async function drawPoster({ eventId, choice: { language }, content }: Poster): Promise<string> {
  const more = (count: number) => m.more_prizes({ count }, { locale: language })
  const picture = await eventPicture({ id: eventId, picture: content.picture })
  return posterPicture(content, { more, picture }, await pictures())
}
