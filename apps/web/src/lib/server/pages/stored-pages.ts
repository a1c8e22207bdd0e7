import { acceptedEncoding } from '@eungmo/api/http/content-encoding'
import { EncodedBody, encodedResponse } from '@eungmo/api/http/encoded-body'
import { LRUCache } from 'lru-cache'
import { PageTemplate } from './page-template.ts'

interface StoredPage {
  body: EncodedBody | PageTemplate
  headers: [string, string][]
  /** The ETag without quotes; undefined for a page with an id in it, which no second response repeats. */
  version: string | undefined
}

const MAX_BYTES = 32_000_000
/** Keys, headers and the objects around them. */
const OVERHEAD_BYTES = 4_000
/** Headers of one response only. */
const ownHeaders = new Set(['set-cookie', 'etag', 'content-length'])

/**
 * Rendered pages that are the same for everybody, or differ in one random id only. The key must name everything
 * that the page depends on. The least recently used are dropped above 32 MB.
 */
export class StoredPages {
  readonly #pages = new LRUCache<string, StoredPage>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ body }, key) => body.maxBytes + 2 * key.length + OVERHEAD_BYTES,
  })

  /** The page, with this id where it has one, as the request accepts it; undefined where none is stored. */
  respond(key: string, request: Request, id: string): Promise<Response> | Response | undefined {
    const page = this.#pages.get(key)
    if (!page) return undefined
    const { body, headers, version } = page
    if (body instanceof EncodedBody) return encodedResponse(request, { body, headers, version })
    const encoding = acceptedEncoding(request, ['gzip'])
    const response = new Response(encoding ? body.gzip(id) : body.plain(id), { headers })
    response.headers.append('vary', 'accept-encoding')
    if (encoding) response.headers.set('content-encoding', encoding)
    return response
  }

  /**
   * Stores a page that was rendered, with `id` in one place where it has one, and returns the response to the
   * request. A page with an error or a cookie of its own, and one with the id in several places, is returned as
   * it is, and not stored.
   */
  async store(key: string, request: Request, id: string, response: Response): Promise<Response> {
    if (response.status !== 200 || response.headers.has('set-cookie') || request.method !== 'GET')
      return response
    const html = await response.text()
    const [before = '', after, more] = html.split(id)
    const headers = [...response.headers].filter(([name]) => !ownHeaders.has(name))
    if (more !== undefined) return new Response(html, { headers })
    const etag = response.headers.get('etag')
    this.#pages.set(
      key,
      after === undefined
        ? { body: new EncodedBody(html), headers, version: etag?.replace(/^W\//, '').replaceAll('"', '') }
        : { body: new PageTemplate(before, after, id.length), headers, version: undefined },
    )
    return (await this.respond(key, request, id)) ?? new Response(html, { headers })
  }
}
