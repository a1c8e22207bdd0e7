import type { Handle } from '@sveltejs/kit/hooks'

export const apiHandle: Handle = ({ event, resolve }) => resolve(event)
