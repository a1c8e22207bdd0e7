import { findShopDetails, updateShop } from '@eungmo/db/queries/shop-details'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import type { ShopDetailsInput, ShopDetailsView } from './schema.ts'

/** The details of the viewer's shop, with what customers see instead of an empty one. */
export async function getShopDetails(
  { db }: Pick<Dependencies, 'db'>,
  { shopId }: Member,
): Promise<ShopDetailsView> {
  const details = await findShopDetails(db, { shopId })
  if (!details) throw new DomainError('NOT_FOUND')
  return details
}

/** Stores the details of the viewer's shop, and returns them. */
export async function updateShopDetails(
  dependencies: Pick<Dependencies, 'db'>,
  viewer: Member,
  changes: ShopDetailsInput,
): Promise<ShopDetailsView> {
  await updateShop(dependencies.db, { shopId: viewer.shopId, changes })
  return getShopDetails(dependencies, viewer)
}
