import type { RequestEvent } from '@sveltejs/kit'
import type { LinkPreview } from '#lib/link-preview.ts'
import { baseLocale } from '#lib/paraglide/runtime.js'
import { PUBLIC_URL } from '$app/env/private'
import { cardVersion, type LinkCard } from '../pictures/link-card.ts'

interface Shared extends Pick<LinkCard, 'title' | 'shopName'> {
  slug: string
  /** Undefined where the page does not know it: the address of the card then has no version. */
  picture?: LinkCard['picture']
}

/**
 * What the preview of a link to a page of an event shows, under addresses that crawlers reach: those of PUBLIC_URL,
 * without what the visitor's link carried.
 */
export function linkPreview(
  { url, locals: { locale } }: Pick<RequestEvent, 'url' | 'locals'>,
  { slug, title, shopName, picture }: Shared,
  path: string = `/e/${slug}`,
): LinkPreview {
  const origin = PUBLIC_URL ?? url.origin
  const version = picture === undefined ? '' : `?v=${cardVersion({ title, shopName, picture })}`
  return {
    url: `${origin}${path}${locale === baseLocale ? '' : `?lang=${locale}`}`,
    image: `${origin}/e/${slug}/card.png${version}`,
    imageAlt: `${title} · ${shopName}`,
  }
}
