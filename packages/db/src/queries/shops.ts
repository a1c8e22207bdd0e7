import { eq } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { shops } from '../schema/index.ts'

/** The name of a shop, or undefined. */
export async function findShopName(
  executor: Executor,
  { shopId }: { shopId: string },
): Promise<string | undefined> {
  const [row] = await executor.select({ name: shops.name }).from(shops).where(eq(shops.id, shopId))
  return row?.name
}
