import { eq, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { consentTexts, events, shops } from '../schema/index.ts'

/** What an owner enters about the shop, as stored. */
export interface ShopDetails {
  contact: string | null
  address: string | null
  openingHours: string | null
  privacyOfficer: string | null
}

/** Who is responsible for an event's personal data, with the defaults filled in. */
export interface ResponsibleShop extends ShopDetails {
  /** When the texts that the privacy page shows were changed last. */
  changedAt: Date
}

/**
 * A column of the first owner of a query's shop; null in a shop without an owner. The names are written out: in a
 * query of one table drizzle leaves its name out, and the inner tables have columns of the same names.
 */
const ofFirstOwner = (column: 'name' | 'email', shop = 'shops') => sql<string | null>`(
  select u.${sql.identifier(column)} from shop_members sm join users u on u.id = sm.user_id
  where sm.shop_id = ${sql.identifier(shop)}.id and sm.role = 'owner' order by sm.created_at, sm.id limit 1)`

/**
 * Where customers ask: the first owner's e-mail until the shop names another contact.
 * @param shop the name of the table of shops in the query
 */
export const shopContact = (shop = 'shops') =>
  sql<string | null>`coalesce(${sql.identifier(shop)}.contact, ${ofFirstOwner('email', shop)})`

/** The details of a shop as its owner entered them; undefined for an unknown shop. */
export async function findShopDetails(
  executor: Executor,
  { shopId }: { shopId: string },
): Promise<(ShopDetails & { defaultContact: string | null; defaultOfficer: string | null }) | undefined> {
  const [row] = await executor
    .select({
      contact: shops.contact,
      address: shops.address,
      openingHours: shops.openingHours,
      privacyOfficer: shops.privacyOfficer,
      defaultContact: ofFirstOwner('email'),
      defaultOfficer: ofFirstOwner('name'),
    })
    .from(shops)
    .where(eq(shops.id, shopId))
  return row
}

/** Who is responsible for an event's personal data; undefined for an unknown event. */
export async function findResponsibleShop(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<ResponsibleShop | undefined> {
  const [row] = await executor
    .select({
      contact: shopContact(),
      address: shops.address,
      openingHours: shops.openingHours,
      privacyOfficer: sql<string | null>`coalesce(${shops.privacyOfficer}, ${ofFirstOwner('name')})`,
      changedAt:
        sql`greatest(${shops.detailsChangedAt}, (select max(${consentTexts.createdAt}) from ${consentTexts}
        where ${consentTexts.eventId} = ${events.id}), ${events.createdAt})`.mapWith(events.createdAt),
    })
    .from(events)
    .innerJoin(shops, eq(shops.id, events.shopId))
    .where(eq(events.id, eventId))
  return row
}

/** Stores a shop's details, or its name. */
export async function updateShop(
  executor: Executor,
  { shopId, changes }: { shopId: string; changes: Partial<ShopDetails & { name: string }> },
): Promise<void> {
  await executor
    .update(shops)
    .set({ ...changes, detailsChangedAt: sql`now()` })
    .where(eq(shops.id, shopId))
}

/** The ids of a shop's events that take entries, now or later, in the order in which they are locked. */
export async function listPublishedEventIds(
  executor: Executor,
  { shopId }: { shopId: string },
): Promise<string[]> {
  const rows = await executor
    .select({ id: events.id })
    .from(events)
    .where(sql`${events.shopId} = ${shopId} and ${events.status} = 'published'`)
    .orderBy(events.id)
  return rows.map(({ id }) => id)
}
