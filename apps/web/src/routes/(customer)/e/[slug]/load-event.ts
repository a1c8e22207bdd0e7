import { toErrorResponse } from '@eungmo/api/errors/error-body'
import type { EntryPageView } from '@eungmo/api/events/event-view'
import { error, type RequestEvent } from '@sveltejs/kit'

/** The event of a page under /e/[slug]; answers the error page where there is none. */
export async function loadEvent(
  { locals, params }: RequestEvent,
  link: { via?: string; visitToken?: string } = {},
): Promise<EntryPageView> {
  try {
    return await locals.api.events.getBySlug({ slug: params.slug ?? '', ...link })
  } catch (cause) {
    const { status, body } = toErrorResponse(cause, locals.locale)
    error(status, body.message)
  }
}
