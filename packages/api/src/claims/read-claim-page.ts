import { findClaimShop } from '@eungmo/db/queries/claims'
import type { Dependencies } from '../dependencies.ts'
import { presentPause } from '../events/present-event.ts'
import { type OpenedClaim, openClaim } from './open-claim.ts'
import type { ClaimPageView } from './schema.ts'

type ClaimDependencies = Pick<Dependencies, 'db' | 'secrets'>

/** What everybody sees who has a claim link. Throws NOT_FOUND where the link leads to nobody. */
export async function readClaimPage(dependencies: ClaimDependencies, token: string): Promise<ClaimPageView> {
  return presentClaimPage(dependencies, await openClaim(dependencies, token))
}

/** The part of a claim that shows nothing of the winner. */
export async function presentClaimPage(
  { db }: Pick<ClaimDependencies, 'db'>,
  { event, state, claimUntil }: OpenedClaim,
): Promise<ClaimPageView> {
  const shop = await findClaimShop(db, { shopId: event.shopId })
  return {
    state,
    slug: event.slug,
    title: event.title,
    shopName: event.shopName,
    contact: shop?.contact ?? null,
    address: shop?.address ?? null,
    openingHours: shop?.openingHours ?? null,
    announcementDate: event.announcementDate.toISOString(),
    claimUntil: claimUntil.toISOString(),
    paused: presentPause(event.pause),
    now: event.now.toISOString(),
  }
}
