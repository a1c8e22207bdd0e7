import type { Handle } from '@sveltejs/kit/hooks'
import { auth } from './auth-instance.ts'
import { services } from './services.ts'
import { resolveViewer } from './viewer.ts'

const anonymous = { kind: 'anonymous' } as const

/** Says who sends the request. Requests without a cookie or key cost nothing. */
export const authHandle: Handle = async ({ event, resolve }) => {
  const { headers } = event.request
  if (headers.has('cookie') || headers.has('authorization')) {
    const { viewer, userId } = await resolveViewer(event, auth(), services().db)
    event.locals.viewer = viewer
    event.locals.userId = userId
  } else {
    event.locals.viewer = anonymous
    event.locals.userId = null
  }
  return resolve(event)
}
