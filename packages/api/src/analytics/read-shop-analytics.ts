import { readShopCounts, type ShopEventCounts } from '@eungmo/db/queries/analytics'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'

/** Total and last 24 hours of each of the viewer's events, newest event first. */
export const readShopAnalytics = (
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
): Promise<ShopEventCounts[]> => readShopCounts(db, { shopId: viewer.shopId })
