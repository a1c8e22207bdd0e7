import { readdirSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

interface StaticFile {
  plain: string
  br: string | undefined
  gzip: string | undefined
  type: string
  etag: string
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
      this.#files.set(name, {
        plain: path,
        br: present.has(`${path}.br`) ? `${path}.br` : undefined,
        gzip: present.has(`${path}.gz`) ? `${path}.gz` : undefined,
        type: Bun.file(path).type,
        etag: `W/"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`,
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
    const headers: Record<string, string> = {
      'cache-control': file.cacheControl,
      'content-type': file.type,
      'x-content-type-options': 'nosniff',
      etag: file.etag,
    }
    if (file.br || file.gzip) headers.vary = 'accept-encoding'
    if (request.headers.get('if-none-match') === file.etag)
      return new Response(null, { status: 304, headers })
    const accepted = request.headers.get('accept-encoding') ?? ''
    if (file.br && /\bbr\b/.test(accepted)) {
      return new Response(Bun.file(file.br), { headers: { ...headers, 'content-encoding': 'br' } })
    }
    if (file.gzip && /\bgzip\b/.test(accepted)) {
      return new Response(Bun.file(file.gzip), { headers: { ...headers, 'content-encoding': 'gzip' } })
    }
    return new Response(Bun.file(file.plain), { headers })
  }
}
