/** Its address names its version, so that what is stored under it never changes. */
const YEAR_S = 31_536_000

/** The response with an event's picture. @param cache whether other than the reader's own caches may store it */
export function pictureResponse(bytes: Uint8Array, cache: 'public' | 'private'): Response {
  const headers = {
    'content-type': 'image/webp',
    'content-length': String(bytes.byteLength),
    'cache-control': `${cache}, max-age=${YEAR_S}, immutable`,
  }
  return new Response(new Uint8Array(bytes), { headers })
}
