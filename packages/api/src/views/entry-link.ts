import { viewSources } from '@eungmo/messaging/contract/message'
import { SHARE_SOURCE } from '../channels/channel-defaults.ts'
import { linkedChannel } from '../events/linked-channel.ts'
import type { SharedEntryPage } from '../events/read-entry-page.ts'

/** Channels whose views are counted apart; those of the others count together. 매장 방문 is one more. */
const MAX_COUNTED_CHANNELS = 20

type LinkTargets = Pick<SharedEntryPage, 'channels' | 'visitToken'>

/** What the address of an entry page says about where its visitor comes from. */
export interface EntryLink {
  /** Where views count: a channel's code, or one of `viewSources`. */
  source: string
  /** What the page depends on; null where the visitor chooses an entry path. */
  via: string | null
  visitToken: string | null
}

/**
 * Reads a link. `via` counts first, then `utm_source`, where they are the code of a channel, in upper or lower
 * case; 매장 방문 needs its token.
 */
export function readEntryLink(page: LinkTargets, parameters: URLSearchParams): EntryLink {
  const visitToken = parameters.get('t') ?? undefined
  const names = [parameters.get('via'), parameters.get('utm_source')]
  for (const name of names) {
    if (name === null) continue
    const linked = linkedChannel(page, { via: name.toLowerCase(), visitToken })
    if (!linked) continue
    const { channel, visit } = linked
    return {
      source: isCountedApart(page, channel.code) ? channel.code : viewSources.other,
      via: channel.code,
      visitToken: visit ? (visitToken ?? null) : null,
    }
  }
  const isShared = names.some((name) => name?.toLowerCase() === SHARE_SOURCE)
  return { source: isShared ? viewSources.share : viewSources.direct, via: null, visitToken: null }
}

function isCountedApart({ channels }: LinkTargets, code: string): boolean {
  const links = channels.filter(({ kind }) => kind === 'link')
  const position = links.findIndex((channel) => channel.code === code)
  return position < MAX_COUNTED_CHANNELS
}
