import { entryPageInput } from '@eungmo/api/events/schema'
import type { Handle } from '@sveltejs/kit/hooks'
import { StoredPages } from '../pages/stored-pages.ts'
import { dependencies } from '../process/dependencies.ts'

const ROUTE = '/(customer)/e/[slug]'
/** What links to the entry page carry. A page under any other address is rendered for its visitor. */
const linkParameters = new Set(['via', 't', 'lang'])
const ENTERED_COOKIE = 'eungmo_entered_'

const pages = new StoredPages()

/**
 * Serves the entry page as it was rendered before, once per version of the event, language and address, with
 * a new submission id. The version is read for every request (shared with those who arrive at the same
 * time), so that a change shows at once. A browser that has entered gets a page of its own.
 */
export const storedPagesHandle: Handle = async ({ event, resolve }) => {
  const { request, route, url, locals, params } = event
  if (route.id !== ROUTE || request.method !== 'GET' || event.isDataRequest) return resolve(event)
  const link = entryPageInput.safeParse({ slug: params.slug })
  const isPlainLink = [...url.searchParams.keys()].every((name) => linkParameters.has(name))
  const hasEntered = request.headers.get('cookie')?.includes(ENTERED_COOKIE) ?? false
  if (!link.success || !isPlainLink || hasEntered) return resolve(event)

  const keyOf = (version: string) => `${version} ${locals.locale} ${url.href}`
  const submissionId = crypto.randomUUID()
  const version = await readVersion(link.data.slug)
  const stored = version && pages.respond(keyOf(version), submissionId)
  if (stored) return stored
  locals.submissionId = submissionId
  const response = await resolve(event)
  return locals.renderedVersion === undefined
    ? response
    : pages.store(keyOf(locals.renderedVersion), submissionId, response)
}

/** The version of the event as of now; undefined where it cannot be read: the page reads it again and shows why. */
const readVersion = (slug: string): Promise<string | undefined> =>
  dependencies()
    .publicReads.entryPage(slug)
    .then(
      ({ view }) => view.version,
      () => undefined,
    )
