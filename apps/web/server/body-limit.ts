import { MAX_UPLOAD_BYTES } from '@eungmo/api/pictures/limits'

/** A picture of at most 8 MB, with the boundaries and texts of its form. */
const MAX_PICTURE_FORM_BYTES = MAX_UPLOAD_BYTES + 16_000
const pictureForm = /^\/admin\/events\/[^/]+\/picture$/

/** The limit of a request's body: `limit`, but for the form with an event's picture, where its length is declared. */
export function limitFor(request: Request, pathname: string, limit: number): number {
  const takesPicture =
    request.method === 'POST' && request.headers.has('content-length') && pictureForm.test(pathname)
  return takesPicture ? Math.max(limit, MAX_PICTURE_FORM_BYTES) : limit
}

/** The request's body was longer than the limit. */
export class BodyTooLargeError extends Error {}

/**
 * Reads a request's body of at most `limit` bytes and returns a request that holds it, so that a long body
 * never reaches the application. A declared length above the limit is rejected before a byte is read.
 * @throws BodyTooLargeError
 */
export async function withLimitedBody(request: Request, limit: number): Promise<Request> {
  const declared = Number(request.headers.get('content-length') ?? Number.NaN)
  if (declared > limit) throw new BodyTooLargeError()
  // Bun enforces the declared length: what arrives cannot be longer. Reading `body` would create a stream.
  if (Number.isInteger(declared) || request.body === null) return request

  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > limit) throw new BodyTooLargeError()
    chunks.push(chunk)
  }
  return new Request(request.url, {
    method: request.method,
    headers: request.headers,
    signal: request.signal,
    body: Buffer.concat(chunks),
  })
}

/** The response to a body that is too long: JSON under /api, as every error there. */
export function bodyTooLargeResponse(pathname: string): Response {
  const message = '보낸 내용이 너무 커요.'
  if (!pathname.startsWith('/api/')) return new Response(message, { status: 413 })
  return Response.json({ message, code: 'PAYLOAD_TOO_LARGE' }, { status: 413 })
}
