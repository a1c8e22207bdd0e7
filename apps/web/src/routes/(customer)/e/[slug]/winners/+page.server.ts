import { startOfSeoulDay } from '#lib/seoul-time.ts'
import { throwPageError } from '#lib/server/api/error-response.ts'
import { cachePublicly } from '#lib/server/http/cache-rule.ts'
import { unlist } from '#lib/server/http/unlist.ts'
import { linkPreview } from '#lib/server/pages/link-preview.ts'
import { shareAddress } from '../share-address.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event
  const after = Math.max(0, Math.trunc(Number(event.url.searchParams.get('after')) || 0))
  const { now, version, ...winners } = await locals.api.winners
    .public({ slug: params.slug, after })
    .catch((cause: unknown) => throwPageError(cause, locals.locale))
  unlist(event)
  // The end of a pause shows at once.
  if (winners.state === 'paused') event.setHeaders({ 'cache-control': 'private, no-cache' })
  else cachePublicly(event, winners.state === 'announced' ? 60 : 15)
  locals.renderedVersion = version
  // The page is stored per version, which has the day of the clock and no more.
  return {
    winners,
    linkPreview: linkPreview(event, winners, `/e/${winners.slug}/winners`),
    today: new Date(startOfSeoulDay(now)).toISOString(),
    shareUrl: shareAddress(winners.slug),
  }
}
