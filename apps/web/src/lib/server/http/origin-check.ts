const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether another site made this visitor's browser send the request: a browser names the page's origin in `Origin` with
 * every write, so a foreign one is refused. Under /api only writes that a cookie vouches for are refused: callers with
 * an API key, and anonymous entries, may come from anywhere.
 */
export function isForgery(request: Request, ownOrigins: readonly string[]): boolean {
  if (reading.has(request.method)) return false
  const origin = request.headers.get('origin')
  const foreign =
    origin === null ? request.headers.get('sec-fetch-site') === 'cross-site' : !ownOrigins.includes(origin)
  if (!foreign) return false
  const api = new URL(request.url).pathname.startsWith('/api/')
  return !api || (request.headers.has('cookie') && !request.headers.has('authorization'))
}
