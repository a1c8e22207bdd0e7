/** Where to go after signing in: a path of ours, else the events list. Never another site. */
export function pathAfterSignIn(url: URL): string {
  const next = url.searchParams.get('next') ?? ''
  if (!next.startsWith('/') || !URL.canParse(next, url.origin)) return '/admin/events'
  const target = new URL(next, url.origin)
  const path = `${target.pathname}${target.search}`
  // `/.//host` becomes `//host`, which a browser would take for another site.
  return target.origin === url.origin && !path.startsWith('//') ? path : '/admin/events'
}
