import { timingSafeEqual } from 'node:crypto'
import type { EventChannel } from '@eungmo/db/queries/events'
import type { SharedEntryPage } from './read-entry-page.ts'

export interface LinkedChannel {
  channel: EventChannel
  /** Whether the link proves a visit of the shop. */
  visit: boolean
}

/**
 * The channel of a link with `via`. Null for an unknown code, and for 매장 방문 without its token: its visitor
 * chooses an entry path.
 */
export function linkedChannel(
  { channels, visitToken }: Pick<SharedEntryPage, 'channels' | 'visitToken'>,
  link: { via?: string | undefined; visitToken?: string | undefined },
): LinkedChannel | null {
  const channel = channels.find(({ code }) => code === link.via)
  if (!channel) return null
  if (channel.kind === 'link') return { channel, visit: false }
  const visit = link.visitToken !== undefined && isSameToken(link.visitToken, visitToken)
  return visit ? { channel, visit } : null
}

function isSameToken(sent: string, stored: string): boolean {
  const [a, b] = [Buffer.from(sent), Buffer.from(stored)]
  return a.length === b.length && timingSafeEqual(a, b)
}
