import { contentVersion } from '@eungmo/api/content-version'
import { matchesEtag } from '@eungmo/api/http/encoded-body'
import { LRUCache } from 'lru-cache'

const MAX_BYTES = 16_000_000

const PUBLIC = 'public, no-cache'

/** What a response shows. */
export interface StoredPicture {
  /** Defaults to PNG. */
  contentType?: 'image/png' | 'image/svg+xml'
  /** Defaults to everybody's, of which browsers ask whether there is a newer one. */
  cacheControl?: string
  /** All that the picture follows from, and which one it is. */
  shows: object
  draw(): Promise<Uint8Array<ArrayBuffer>>
}

/** Pictures stored by version, up to 16 MB in all. Each version is drawn once. */
export class StoredPictures {
  readonly #pictures = new LRUCache<string, Uint8Array<ArrayBuffer>>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ byteLength }) => byteLength,
  })
  readonly #drawing = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()

  /** The response with a picture, or 304 where the client has it already. */
  async respond(request: Request, picture: StoredPicture): Promise<Response> {
    const { contentType = 'image/png', cacheControl = PUBLIC, shows, draw } = picture
    const version = contentVersion(JSON.stringify([contentType, shows]))
    const etag = `"${version}"`
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

/** The process's pictures. */
export const storedPictures = new StoredPictures()
