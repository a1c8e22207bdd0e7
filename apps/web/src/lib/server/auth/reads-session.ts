/** Routes whose responses depend on who is signed in; the dynamic part of a pattern is its file name. */
const PREFIXES = ['/(owner)/', '/api/trpc/', '/api/v1/']

/**
 * Whether the route reads the session. Public pages never do: what they return is the same for everybody, so
 * that a CDN may store it, and a session that is due for renewal is not renewed there.
 */
export const readsSession = (route: string | null): boolean =>
  route !== null && PREFIXES.some((prefix) => route.startsWith(prefix))
