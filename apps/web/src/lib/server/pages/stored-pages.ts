import { LRUCache } from 'lru-cache'

/** A rendered page in two parts, between which each visitor's own id stands. */
interface StoredPage {
  before: string
  after: string
  headers: [string, string][]
}

const MAX_BYTES = 32_000_000
/** Headers of one response only; an ETag of a page with an id in it never matches. */
const ownHeaders = new Set(['set-cookie', 'etag', 'content-length'])

/**
 * Rendered pages that differ between visitors in one random id only. The key must name everything that the
 * page depends on. The least recently used are dropped above 32 MB.
 */
export class StoredPages {
  readonly #pages = new LRUCache<string, StoredPage>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ before, after }, key) => 2 * (before.length + after.length + key.length) + 1_000,
  })

  /** The page with this id in it; undefined where none is stored. */
  respond(key: string, id: string): Response | undefined {
    const page = this.#pages.get(key)
    return page && new Response(page.before + id + page.after, { headers: page.headers })
  }

  /**
   * Stores a page that was rendered with `id`, and returns it. A page with an error, a cookie of its own or
   * other than one place for the id is returned as it is, and not stored.
   */
  async store(key: string, id: string, response: Response): Promise<Response> {
    if (response.status !== 200 || response.headers.has('set-cookie')) return response
    const html = await response.text()
    const [before = '', after, more] = html.split(id)
    const headers = [...response.headers].filter(([name]) => !ownHeaders.has(name))
    if (after !== undefined && more === undefined) this.#pages.set(key, { before, after, headers })
    return new Response(html, { headers })
  }
}
