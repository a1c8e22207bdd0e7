import type { RequestEvent } from '@sveltejs/kit'
import type { Handle } from '@sveltejs/kit/hooks'
import { auth } from '../auth/auth.ts'
import { noteUse } from '../auth/note-use.ts'
import { readsSession } from '../auth/reads-session.ts'
import { resolveViewer } from '../auth/resolve-viewer.ts'
import { dependencies } from '../process/dependencies.ts'

/** Whether a person does something: opens a page of the owner's, or changes something. Polls are GET. */
const isUse = ({ route, request }: RequestEvent): boolean =>
  route.id?.startsWith('/(owner)/') || request.method === 'POST'

const anonymous = { kind: 'anonymous' } as const

/**
 * Resolves who sends the request, on the routes that depend on it. A request without a cookie or key costs
 * nothing.
 */
export const authHandle: Handle = async ({ event, resolve }) => {
  const { headers } = event.request
  if (readsSession(event.route.id) && (headers.has('cookie') || headers.has('authorization'))) {
    const { viewer, userId } = await resolveViewer(event, auth(), dependencies().db)
    event.locals.viewer = viewer
    event.locals.userId = userId
    if (isUse(event)) await noteUse(dependencies().db, viewer)
  } else {
    event.locals.viewer = anonymous
    event.locals.userId = null
  }
  return resolve(event)
}
