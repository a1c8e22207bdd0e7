import { readdirSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { acceptedEncoding } from '@eungmo/api/http/content-encoding'
import { matchesEtag } from '@eungmo/api/http/encoded-body'

interface StaticFile {
  plain: string
  br: string | undefined
  gzip: string | undefined
  /** Those that exist. */
  encodings: ('br' | 'gzip')[]
  type: string
  /** Size and time of the file, for its ETag. */
  version: string
  cacheControl: string
}

/** Serves the client files, listed once at start: nothing outside the list can be requested. */
export class StaticFiles {
  readonly #files = new Map<string, StaticFile>()

  constructor(directory: string, appPath: string) {
    const paths = readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    const present = new Set(paths)
    for (const path of paths) {
      if (/\.(br|gz)$/.test(path) && present.has(path.replace(/\.(br|gz)$/, ''))) continue
      const name = `/${relative(directory, path).split(sep).join('/')}`
      const { size, mtimeMs } = statSync(path)
      const br = present.has(`${path}.br`) ? `${path}.br` : undefined
      const gzip = present.has(`${path}.gz`) ? `${path}.gz` : undefined
      this.#files.set(name, {
        plain: path,
        br,
        gzip,
        encodings: [...(br ? ['br' as const] : []), ...(gzip ? ['gzip' as const] : [])],
        type: Bun.file(path).type,
        version: `${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}`,
        cacheControl: name.startsWith(`/${appPath}/immutable/`)
          ? 'public, max-age=31536000, immutable'
          : 'public, max-age=0, must-revalidate',
      })
    }
  }

  /** The response with the file, or undefined where there is no such file. */
  respond(request: Request, pathname: string): Response | undefined {
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
    const file = this.#files.get(pathname)
    if (!file) return undefined
    const encoding = acceptedEncoding(request, file.encodings)
    const compressed = encoding && file[encoding]
    // Strong: the files of a build do not change, and each encoding has a tag of its own.
    const etag = `"${file.version}${compressed ? `-${encoding}` : ''}"`
    const headers: Record<string, string> = {
      'cache-control': file.cacheControl,
      'content-type': file.type,
      'x-content-type-options': 'nosniff',
      etag,
    }
    if (file.encodings.length > 0) headers.vary = 'accept-encoding'
    if (matchesEtag(request, etag)) return new Response(null, { status: 304, headers })
    if (!compressed) return new Response(Bun.file(file.plain), { headers })
    return new Response(Bun.file(compressed), { headers: { ...headers, 'content-encoding': encoding } })
  }
}
