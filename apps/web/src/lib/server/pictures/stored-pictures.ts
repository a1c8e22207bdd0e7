import { contentVersion } from '@eungmo/api/content-version'
import { matchesEtag } from '@eungmo/api/http/encoded-body'
import { LRUCache } from 'lru-cache'

const MAX_BYTES = 16_000_000

interface Kind {
  contentType: string
  cacheControl: string
}

/** Everybody may see it, and browsers ask whether there is a newer one. */
const PUBLIC_PNG: Kind = { contentType: 'image/png', cacheControl: 'public, no-cache' }

/** Pictures of one kind, stored by version, up to 16 MB in all. Each version is drawn once. */
export class StoredPictures {
  readonly #kind
  readonly #pictures = new LRUCache<string, Uint8Array<ArrayBuffer>>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ byteLength }) => byteLength,
  })
  readonly #drawing = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()

  /** Defaults to PNG for everybody. */
  constructor(kind: Kind = PUBLIC_PNG) {
    this.#kind = kind
  }

  /**
   * The response with a picture, or 304 where the client has it already.
   * @param shows all that the picture follows from
   */
  async respond(
    request: Request,
    shows: string,
    draw: () => Promise<Uint8Array<ArrayBuffer>>,
  ): Promise<Response> {
    const version = contentVersion(shows)
    const etag = `"${version}"`
    const { contentType, cacheControl } = this.#kind
    const headers = { 'content-type': contentType, 'cache-control': cacheControl, etag }
    if (matchesEtag(request, etag)) return new Response(null, { status: 304, headers })
    return new Response(this.#pictures.get(version) ?? (await this.#draw(version, draw)), { headers })
  }

  #draw(version: string, draw: () => Promise<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
    const running = this.#drawing.get(version)
    if (running !== undefined) return running
    const drawing = draw()
      .then((picture) => {
        this.#pictures.set(version, picture)
        return picture
      })
      .finally(() => this.#drawing.delete(version))
    this.#drawing.set(version, drawing)
    return drawing
  }
}
