import type { ChannelRow } from '@eungmo/db/queries/channels'
import type { Channel } from './schema.ts'

/** A channel with the link that its QR code holds. */
export function presentChannel(
  publicUrl: string,
  { slug, visitToken }: { slug: string; visitToken: string },
  { entryPath, code, kind, archived, entries }: ChannelRow,
): Channel {
  const query = new URLSearchParams({ via: code, ...(kind === 'store' && { t: visitToken }) })
  return {
    entryPath,
    code,
    kind,
    archived,
    entries,
    link: `${publicUrl}/e/${encodeURIComponent(slug)}?${query}`,
  }
}
