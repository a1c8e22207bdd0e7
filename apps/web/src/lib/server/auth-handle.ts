import type { Handle } from '@sveltejs/kit/hooks'

export const authHandle: Handle = ({ event, resolve }) => resolve(event)
