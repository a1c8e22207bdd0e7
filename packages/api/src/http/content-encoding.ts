import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import Negotiator from 'negotiator'

/** How a body may be sent, in addition to as it is. */
export type ContentEncoding = 'br' | 'gzip'

/** Below it, the headers of a compressed body cost what it saves. */
export const MIN_COMPRESSED_BYTES = 1_024
/** Most of what the highest quality reaches, in a tenth of its time. */
const BROTLI_QUALITY = 6

const gzipAsync = promisify(gzip)
const brotliAsync = promisify(brotliCompress)

/** The published types do not know the options. */
interface PreferringNegotiator {
  encodings(available: readonly string[], options: { preferred: readonly string[] }): string[]
}

/**
 * The encoding that a request accepts best (RFC 9110, section 12.5.3), the first of `offered` where it likes
 * several alike; undefined for none. A client that accepts not even an unencoded body gets one nevertheless.
 */
export function acceptedEncoding<Offered extends ContentEncoding>(
  request: Request,
  offered: readonly Offered[],
): Offered | undefined {
  const header = request.headers.get('accept-encoding')
  if (header === null || header === '') return undefined
  const negotiator: PreferringNegotiator = new Negotiator({ headers: { 'accept-encoding': header } })
  const [best] = negotiator.encodings([...offered, 'identity'], { preferred: offered })
  return offered.find((encoding) => encoding === best)
}

/** Compresses a whole body, outside of the event loop. */
export const compressBytes = (
  bytes: Uint8Array,
  encoding: ContentEncoding,
): Promise<Uint8Array<ArrayBuffer>> =>
  encoding === 'gzip'
    ? gzipAsync(bytes)
    : brotliAsync(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      })
