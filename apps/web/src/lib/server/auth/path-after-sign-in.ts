/** Where to go after signing in: a path of ours, else the events list. Never another site. */
export function pathAfterSignIn(url: URL): string {
  const next = url.searchParams.get('next') ?? ''
  if (!next.startsWith('/') || !URL.canParse(next, url.origin)) return '/admin/events'
  const target = new URL(next, url.origin)
  return target.origin === url.origin ? `${target.pathname}${target.search}` : '/admin/events'
}
