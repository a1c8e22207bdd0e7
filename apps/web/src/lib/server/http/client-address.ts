/**
 * The visitor's address. Each of `trustedProxies` proxies has appended the address that it saw to
 * X-Forwarded-For, so the entry that many places from the right was written by our outermost one; everything
 * left of it is the visitor's own claim. Without proxies, or with a shorter header, it is the connection's
 * address.
 */
export function clientAddress(headers: Headers, connection: string, trustedProxies: number): string {
  if (trustedProxies === 0) return connection
  const entries = (headers.get('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim())
  return entries.at(-trustedProxies) || connection
}

/**
 * The request under the address that the visitor used. Our own proxy reports it; any other claim is ignored.
 */
export function requestAsSent(request: Request, trustedProxies: number): Request {
  if (trustedProxies === 0) return request
  const protocol = request.headers.get('x-forwarded-proto')
  const host = request.headers.get('x-forwarded-host')
  if (protocol !== 'https' && !host) return request
  const url = new URL(request.url)
  if (protocol === 'https') url.protocol = 'https:'
  if (host) {
    // Setting host alone keeps the port of the inner address.
    url.port = ''
    url.host = host
  }
  return new Request(url, request)
}
