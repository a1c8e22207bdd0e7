import type { Member } from '@eungmo/api/context'
import { describeMember } from '@eungmo/db/queries/shop-members'
import { dependencies } from '../process/dependencies.ts'

/** Names of the signed-in member and the shop, for the owner pages. */
export const describeViewer = ({ userId, shopId }: Member) =>
  describeMember(dependencies().db, { userId, shopId })
