import {
  acceptedEncoding,
  type ContentEncoding,
  compressBytes,
  MIN_COMPRESSED_BYTES,
} from './content-encoding.ts'

/** A whole body that is sent many times: compressed once per encoding, when it is first requested so. */
export class EncodedBody {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly #compressed = new Map<ContentEncoding, Promise<Uint8Array<ArrayBuffer>>>()

  constructor(text: string) {
    this.bytes = Buffer.from(text)
  }

  /** At most what it occupies in all encodings together. */
  get maxBytes(): number {
    return 3 * this.bytes.length
  }

  in(encoding: ContentEncoding): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.#compressed.get(encoding)
    if (known !== undefined) return known
    const compressed = compressBytes(this.bytes, encoding)
    this.#compressed.set(encoding, compressed)
    return compressed
  }
}

export interface EncodedResponse {
  body: EncodedBody
  /** Other headers than the ones about encoding and version. */
  headers: [string, string][] | Record<string, string>
  /** Identifies the body, without quotes; each encoding has an ETag of its own. Left out: no ETag. */
  version?: string | undefined
}

/**
 * The response with a body in the encoding that the request accepts best, or 304 where the client has it already
 * (RFC 9110, section 13.1.2).
 */
export async function encodedResponse(
  request: Request,
  { body, headers: others, version }: EncodedResponse,
): Promise<Response> {
  const headers = new Headers(others)
  const isLong = body.bytes.length >= MIN_COMPRESSED_BYTES
  const encoding = isLong ? acceptedEncoding(request, ['br', 'gzip']) : undefined
  if (isLong) headers.append('vary', 'accept-encoding')
  if (version !== undefined) {
    const etag = `"${version}${encoding ? `-${encoding}` : ''}"`
    headers.set('etag', etag)
    if (matchesEtag(request, etag)) return new Response(null, { status: 304, headers })
  }
  if (encoding) headers.set('content-encoding', encoding)
  return new Response(encoding ? await body.in(encoding) : body.bytes, { headers })
}

/** Whether the request's If-None-Match names the ETag, by weak comparison. */
export function matchesEtag(request: Request, etag: string): boolean {
  const tags = request.headers.get('if-none-match')?.split(',') ?? []
  return tags.some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
}
