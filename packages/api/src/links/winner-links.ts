import type { Executor } from '@eungmo/db/connection/client'
import { type EventWithParts, findEvent } from '@eungmo/db/queries/events'
import {
  findLinkedWinner,
  insertLinkIds,
  type LinkedWinner,
  listUnlinkedWinners,
  listWinnerLinks,
  type WinnerLink,
} from '@eungmo/db/queries/winner-links'
import type { KeyRing } from '../crypto/key-ring.ts'
import { randomBytes } from '../crypto/random-bytes.ts'
import { isLink, LINK_ID_BYTES, type LinkPurpose, readLinkId, signLink } from './derived-link.ts'

const paths: Record<LinkPurpose, string> = { claim: '/c/', 'hand-over': '/h/' }

interface LinkDependencies {
  secrets: KeyRing
  /** Origin of links, without a trailing slash. */
  publicUrl: string
}

/**
 * The address of a winner's page: the claim page, or the one that the QR code of the hand-over opens. Null where
 * SECRET_KEYS no longer holds the event's key.
 */
export function winnerUrl(
  { secrets, publicUrl }: LinkDependencies,
  purpose: LinkPurpose,
  keyId: string,
  { linkId, linkVersion }: Pick<WinnerLink, 'linkId' | 'linkVersion'>,
): string | null {
  const key = secrets.find(keyId)
  return key ? `${publicUrl}${paths[purpose]}${signLink(key, purpose, linkId, linkVersion)}` : null
}

/**
 * The addresses of the claim pages of an event's current winners, by participant: of all, or of these. A winner
 * whose data was destroyed has none. Winners of before there were links get theirs here.
 */
export async function readClaimUrls(
  dependencies: LinkDependencies & { db: Executor },
  event: { id: string; keyId: string },
  participantIds?: readonly string[],
): Promise<Map<string, string>> {
  const { db } = dependencies
  const eventId = event.id
  const unlinked = await listUnlinkedWinners(db, { eventId })
  if (unlinked.length > 0) {
    const links = unlinked.map((participantId) => ({ participantId, linkId: randomBytes(LINK_ID_BYTES) }))
    await insertLinkIds(db, { eventId, links })
  }
  const links = await listWinnerLinks(db, { eventId, ...(participantIds && { participantIds }) })
  return new Map(
    links.flatMap((link) => {
      const url = winnerUrl(dependencies, 'claim', event.keyId, link)
      return url === null ? [] : [[link.participantId, url]]
    }),
  )
}

/** Links before the newest that still say that there is a newer one. */
const MAX_EARLIER_LINKS = 20

/** To whom a link leads. */
export interface FollowedLink {
  event: EventWithParts
  winner: LinkedWinner
  /** False for a link before the newest: a new one was sent, or the standing has changed. */
  isCurrent: boolean
}

/**
 * The winner whom a link names. Null for a text that is no link of this purpose, for one that 20 newer ones have
 * replaced, once personal data was destroyed, and where SECRET_KEYS no longer holds the event's key. The link alone proves nothing about its holder: it may have been forwarded.
 */
export async function followLink(
  { db, secrets }: { db: Executor; secrets: KeyRing },
  purpose: LinkPurpose,
  text: string,
): Promise<FollowedLink | null> {
  const linkId = readLinkId(text)
  const winner = linkId && (await findLinkedWinner(db, { linkId }))
  const event = winner && (await findEvent(db, { eventId: winner.eventId }))
  const key = event && secrets.find(event.keyId)
  if (!winner || !event || !key) return null
  const { linkVersion } = winner
  if (isLink(key, purpose, text, linkVersion))
    return { event, winner, isCurrent: winner.standing === 'selected' }
  for (let version = linkVersion - 1; version >= Math.max(1, linkVersion - MAX_EARLIER_LINKS); version -= 1)
    if (isLink(key, purpose, text, version)) return { event, winner, isCurrent: false }
  return null
}
