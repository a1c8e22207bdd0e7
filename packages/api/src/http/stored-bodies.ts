import { LRUCache } from 'lru-cache'
import type { PublicBody } from '../public-body.ts'
import { EncodedBody, encodedResponse, matchesEtag } from './encoded-body.ts'
import { textStream } from './text-stream.ts'

const MAX_BYTES = 16_000_000
/** In characters. A longer body is read again for each response, piece by piece. */
const MAX_STORED_LENGTH = 500_000
const OVERHEAD_BYTES = 2_000

/** Caches may store the response, and ask each time whether it is still the newest. */
const CACHE_CONTROL = 'public, no-cache'

/**
 * Bodies for everybody: short ones stored by version with their compressed forms, up to 16 MB in all, and long
 * ones streamed. Each gets an ETag.
 */
export class StoredBodies {
  readonly #bodies = new LRUCache<string, EncodedBody>({
    maxSize: MAX_BYTES,
    sizeCalculation: (body, key) => body.maxBytes + 2 * key.length + OVERHEAD_BYTES,
  })

  /**
   * The response with a body, or 304 where the client has it already. An error while a long body is read is
   * reported to `onError` and breaks the body off.
   */
  async respond(
    request: Request,
    { version, contentType, headers: others, chunks }: PublicBody,
    onError: (error: unknown) => void,
  ): Promise<Response> {
    const headers = { 'content-type': contentType, 'cache-control': CACHE_CONTROL, ...others }
    const stored = this.#bodies.get(version)
    if (stored) return encodedResponse(request, { body: stored, headers, version })
    const etag = `"${version}"`
    if (matchesEtag(request, etag)) return new Response(null, { status: 304, headers: { ...headers, etag } })

    const pieces = chunks()
    const { text, isWhole } = await readBeginning(pieces)
    if (!isWhole) {
      const rest = textStream(resume(text, pieces), onError)
      return new Response(rest, { headers: { ...headers, etag } })
    }
    const body = new EncodedBody(text)
    this.#bodies.set(version, body)
    return encodedResponse(request, { body, headers, version })
  }
}

async function readBeginning(pieces: AsyncGenerator<string>): Promise<{ text: string; isWhole: boolean }> {
  let text = ''
  for (;;) {
    const { done, value } = await pieces.next()
    if (done) return { text, isWhole: true }
    text += value
    if (text.length > MAX_STORED_LENGTH) return { text, isWhole: false }
  }
}

async function* resume(beginning: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield beginning
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}
