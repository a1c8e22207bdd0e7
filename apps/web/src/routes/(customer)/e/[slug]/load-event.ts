import type { EntryPageView } from '@eungmo/api/events/page-schema'
import type { RequestEvent } from '@sveltejs/kit'
import { throwPageError } from '#lib/server/api/error-response.ts'

/** The event of a page under /e/[slug]; throws the error page where there is none. */
export async function loadEvent(
  { locals, params }: RequestEvent,
  link: { via?: string; visitToken?: string } = {},
): Promise<EntryPageView> {
  try {
    return await locals.api.events.getBySlug({ slug: params.slug ?? '', ...link })
  } catch (cause) {
    throwPageError(cause, locals.locale)
  }
}
