import type { Viewer } from '@eungmo/api/context'
import type { Locale } from '#lib/paraglide/runtime.js'
import type { Caller } from '#lib/server/api/caller.ts'

declare global {
  namespace App {
    interface Locals {
      /** Set by the locale hook: the query's `lang`, else the cookie, else Korean. */
      locale: Locale
      /** Correlates the log lines of one request; also answered as X-Request-Id. */
      requestId: string
      /** Who asks: the session's or the API key's member, else anonymous. */
      viewer: Viewer
      /** The signed-in user, also one who belongs to no shop yet; null otherwise, and for API keys. */
      userId: string | null
      /** The API, acting for the viewer. */
      api: Caller
    }
    interface Error {
      /** Named to the visitor so that it can be found in the log. */
      requestId?: string
    }
  }
}
