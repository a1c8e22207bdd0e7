import { DomainError } from './errors/domain-error.ts'

/** A body that is the same for everybody, and has a version that no change can miss. */
export interface PublicBody {
  /** Differs whenever the body differs, also from other bodies. Goes into the ETag. */
  version: string
  contentType: string
  /** Other headers. */
  headers?: Record<string, string>
  /** The body in pieces, as they are read; no older than the version. */
  chunks(): AsyncGenerator<string>
}

/** In characters. */
const MAX_LENGTH = 4_000_000

/** A JSON body as an unchecked value, for callers inside the process. Throws PAYLOAD_TOO_LARGE above 4 MB, which REST streams. */
export async function readWhole({ chunks }: PublicBody): Promise<unknown> {
  let text = ''
  for await (const piece of chunks()) {
    text += piece
    if (text.length > MAX_LENGTH) throw new DomainError('PAYLOAD_TOO_LARGE')
  }
  return JSON.parse(text)
}
