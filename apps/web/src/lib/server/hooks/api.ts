import type { Handle } from '@sveltejs/kit/hooks'
import { callerOf } from '../api/caller.ts'

/** Provides the API to pages and form actions, for the viewer whom the session or API key authenticates. */
export const apiHandle: Handle = ({ event, resolve }) => {
  event.locals.api = callerOf(event)
  return resolve(event)
}
