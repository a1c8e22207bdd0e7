import { publicWinnersInput } from '@eungmo/api/draws/public-winners-schema'
import { drawLogIdInput } from '@eungmo/api/draws/schema'
import { entryPageInput } from '@eungmo/api/events/schema'
import type { RequestEvent } from '@sveltejs/kit'
import type { Handle } from '@sveltejs/kit/hooks'
import { StoredPages } from '../pages/stored-pages.ts'
import { dependencies } from '../process/dependencies.ts'

const ENTERED_COOKIE = 'eungmo_entered_'

interface StoredRoute {
  /** What links to the page carry. A page under any other address is rendered for its visitor. */
  parameters: ReadonlySet<string>
  /** Whether this visitor gets a page of their own. */
  isOwn?(request: Request): boolean
  /**
   * The version of what the page shows, as of now; undefined for an address without a page. It rejects where
   * the version cannot be read: the page reads it again, and shows why.
   */
  readVersion(event: RequestEvent): Promise<string> | undefined
}

/** Of a draw, under its id. */
const drawPage: StoredRoute = {
  parameters: new Set(['lang']),
  readVersion({ params }) {
    const { data } = drawLogIdInput.safeParse({ drawLogId: params.drawLogId })
    return (
      data &&
      dependencies()
        .publicReads.drawSummary(data.drawLogId)
        .then(({ version }) => version)
    )
  },
}

const routes: Record<string, StoredRoute> = {
  '/(customer)/e/[slug]': {
    parameters: new Set(['via', 't', 'lang']),
    isOwn: ({ headers }) => headers.get('cookie')?.includes(ENTERED_COOKIE) ?? false,
    readVersion({ params }) {
      const { data } = entryPageInput.safeParse({ slug: params.slug })
      return (
        data &&
        dependencies()
          .publicReads.entryPage(data.slug)
          .then(({ view }) => view.version)
      )
    },
  },
  '/(customer)/e/[slug]/winners': {
    parameters: new Set(['after', 'lang']),
    readVersion({ params, url }) {
      const { data } = publicWinnersInput.safeParse({
        slug: params.slug,
        after: url.searchParams.get('after') ?? undefined,
      })
      return (
        data &&
        dependencies()
          .publicReads.winners(data)
          .then(({ version }) => version)
      )
    },
  },
  '/(customer)/verify/[drawLogId]': drawPage,
  '/(customer)/verify/[drawLogId]/certificate': drawPage,
}

const pages = new StoredPages()

/**
 * Serves a public page as it was rendered before, once per version of what it shows, language and address; the
 * entry page with a new submission id. The version is read for every request (shared with those who arrive at
 * the same time), so that a change shows at once.
 */
export const storedPagesHandle: Handle = async ({ event, resolve }) => {
  const { request, route, url, locals } = event
  const stored = routes[route.id ?? '']
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!stored || !isRead || event.isDataRequest || stored.isOwn?.(request)) return resolve(event)
  if (![...url.searchParams.keys()].every((name) => stored.parameters.has(name))) return resolve(event)

  const keyOf = (version: string) => `${version} ${locals.locale} ${url.href}`
  const submissionId = crypto.randomUUID()
  const reading = stored.readVersion(event)
  if (!reading) return resolve(event)
  const version = await reading.catch(() => undefined)
  const response = version && (await pages.respond(keyOf(version), request, submissionId))
  if (response) return response
  locals.submissionId = submissionId
  const rendered = await resolve(event)
  return locals.renderedVersion === undefined
    ? rendered
    : pages.store(keyOf(locals.renderedVersion), request, submissionId, rendered)
}
