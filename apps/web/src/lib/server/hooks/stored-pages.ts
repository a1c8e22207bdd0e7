import { publicWinnersInput } from '@eungmo/api/draws/public-winners-schema'
import { drawLogIdInput } from '@eungmo/api/draws/schema'
import { entryPageInput } from '@eungmo/api/events/schema'
import { readEntryLink } from '@eungmo/api/views/entry-link'
import type { RequestEvent } from '@sveltejs/kit'
import type { Handle } from '@sveltejs/kit/hooks'
import { isLocale } from '#lib/paraglide/runtime.js'
import { StoredPages } from '../pages/stored-pages.ts'
import { dependencies } from '../process/dependencies.ts'

const ENTERED_COOKIE = 'eungmo_entered_'

/** A page as of now. */
interface CurrentPage {
  /** Of what the page shows. */
  version: string
  /** What of the address's query the page depends on. */
  query: Readonly<Record<string, string | null>>
  /** Counts a visitor who gets the page. */
  countView?(): void
}

interface StoredRoute {
  /** Whether this visitor gets a page of their own. */
  isOwn?(request: Request): boolean
  /**
   * Undefined for an address without a page. It rejects where the page cannot be read: the page reads it again, and
   * shows why.
   */
  read(event: RequestEvent): Promise<CurrentPage> | undefined
}

/** Phases in which people come to enter; a shared cache may serve the page in all others. */
const COUNTED_PHASES: ReadonlySet<string> = new Set(['scheduled', 'open'])

/** Of a draw, under its id. */
const drawPage: StoredRoute = {
  read({ params }) {
    const { data } = drawLogIdInput.safeParse({ drawLogId: params.drawLogId })
    return (
      data &&
      dependencies()
        .publicReads.drawSummary(data.drawLogId)
        .then(({ version }) => ({ version, query: {} }))
    )
  },
}

const entryPage: StoredRoute = {
  isOwn: ({ headers }) => headers.get('cookie')?.includes(ENTERED_COOKIE) ?? false,
  read(event) {
    const { params, url, request } = event
    const { data } = entryPageInput.safeParse({ slug: params.slug })
    if (!data) return undefined
    const { publicReads, views } = dependencies()
    return publicReads.entryPage(data.slug).then((page) => {
      const { source, via, visitToken } = readEntryLink(page, url.searchParams)
      const { id: eventId, phase, version } = page.view
      return {
        version,
        query: { via, t: visitToken },
        countView() {
          if (COUNTED_PHASES.has(phase))
            views.count({ eventId, source, headers: request.headers, address: event.getClientAddress() })
        },
      }
    })
  },
}

const winnersPage: StoredRoute = {
  read({ params, url }) {
    const after = url.searchParams.get('after')
    const { data } = publicWinnersInput.safeParse({ slug: params.slug, after: after ?? undefined })
    return (
      data &&
      dependencies()
        .publicReads.winners(data)
        .then(({ version }) => ({ version, query: { after } }))
    )
  },
}

const routes: Record<string, StoredRoute> = {
  '/(customer)/e/[slug]': entryPage,
  '/(customer)/e/[slug]/winners': winnersPage,
  '/(customer)/verify/[drawLogId]': drawPage,
  '/(customer)/verify/[drawLogId]/certificate': drawPage,
}

const pages = new StoredPages()

/**
 * Serves a public page as it was rendered before, once per version of what it shows, language and address; the
 * entry page with a new submission id. The version is read for every request (shared with those who arrive at
 * the same time), so that a change shows at once. What a page does not depend on, such as the parameters that
 * messengers and advertisers append to links, is left out of its address.
 */
export const storedPagesHandle: Handle = async ({ event, resolve }) => {
  const { request, route, url, locals } = event
  const stored = routes[route.id ?? '']
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!stored || !isRead || event.isDataRequest) return resolve(event)

  const submissionId = crypto.randomUUID()
  const current = await stored.read(event)?.catch(() => undefined)
  if (!current) return resolve(event)
  const lang = url.searchParams.get('lang')
  const search = searchOf({ ...current.query, lang: isLocale(lang) ? lang : null })
  const keyOf = (version: string) => `${version} ${locals.locale} ${url.origin}${url.pathname}${search}`
  const isOwn = stored.isOwn?.(request) ?? false
  const served = isOwn ? undefined : await pages.respond(keyOf(current.version), request, submissionId)
  let response = served
  if (!response) {
    url.search = search
    if (!isOwn) locals.submissionId = submissionId
    const rendered = await resolve(event)
    response =
      isOwn || locals.renderedVersion === undefined
        ? rendered
        : await pages.store(keyOf(locals.renderedVersion), request, submissionId, rendered)
  }
  if (request.method === 'GET' && response.status === 200) current.countView?.()
  return response
}

function searchOf(query: Readonly<Record<string, string | null>>): string {
  const present = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null)
  return present.length === 0 ? '' : `?${new URLSearchParams(present)}`
}
