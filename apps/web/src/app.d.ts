import type { Viewer } from '@eungmo/api/context'
import type { Locale } from '#lib/paraglide/runtime.js'
import type { Caller } from '#lib/server/api/caller.ts'

declare global {
  namespace App {
    interface Locals {
      /** The query's `lang`, else the cookie's, else Korean. */
      locale: Locale
      /** Correlates the log lines of a request; also sent as the response header X-Request-Id. */
      requestId: string
      /** Who sends the request: the member of the session or of the API key, else anonymous. */
      viewer: Viewer
      /** The signed-in user, also without a shop; null for anonymous requests and API keys. */
      userId: string | null
      /** The form's id that the entry page renders; undefined where the page creates one. */
      submissionId?: string
      /** The version of what a stored page has rendered (hooks/stored-pages.ts). */
      renderedVersion?: string
      /** The API, acting for the viewer. */
      api: Caller
    }
    interface PageState {
      /** Whether the event was created as a copy by the press that led to its page. */
      isCopy?: boolean
    }
    interface Error {
      /** Shown to the visitor, to find the error in the log. */
      requestId?: string
    }
  }
}
