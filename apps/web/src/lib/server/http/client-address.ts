/**
 * The visitor's address. Behind `trustedProxies` proxies each has appended the address it saw to X-Forwarded-For, so
 * the entry that many places from the right was written by the outermost of ours; everything left of it is the
 * visitor's own claim. With none, or a header shorter than that, it is the connection's address.
 */
export function clientAddress(headers: Headers, connection: string, trustedProxies: number): string {
  if (trustedProxies === 0) return connection
  const entries = (headers.get('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim())
  return entries.at(-trustedProxies) || connection
}
