/**
 * The slug of a request that posts the entry form, decoded as SvelteKit decodes it; undefined for every other
 * request, and for an action with a name, which the page does not have.
 * @example entrySlug('POST', new URL('https://a.example/e/spring?via=sns')) // => 'spring'
 */
export function entrySlug(method: string, { pathname, searchParams }: URL): string | undefined {
  if (method !== 'POST') return undefined
  if ([...searchParams.keys()].some((name) => name.startsWith('/'))) return undefined
  const [, slug] = /^\/e\/([^/]+)$/.exec(decodePathname(pathname)) ?? []
  return slug && decode(slug)
}

/** What means something in a path, such as %2F, stays encoded; malformed text stays as it is. */
function decodePathname(pathname: string): string {
  if (!pathname.includes('%')) return pathname
  try {
    return pathname.split('%25').map(decodeURI).join('%25')
  } catch {
    return pathname
  }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
