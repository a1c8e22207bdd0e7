import type { Handle } from '@sveltejs/kit/hooks'
import { callerOf } from '../api/caller.ts'

/** Gives pages and form actions the API, acting for whoever the session or API key vouches for. */
export const apiHandle: Handle = ({ event, resolve }) => {
  event.locals.api = callerOf(event)
  return resolve(event)
}
