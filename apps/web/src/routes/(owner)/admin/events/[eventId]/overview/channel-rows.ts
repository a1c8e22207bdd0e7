import { conversion } from '@eungmo/api/analytics/conversion'
import type { Analytics } from './analytics-view.ts'

export interface ChannelRow {
  /** A channel's name, or where views count that belong to no channel. */
  name: { entryPath: string } | { source: 'shared' | 'direct' | 'other' }
  /** Null before the first view. */
  views: number | null
  /** Null for a source that is no entry path. */
  entries: number | null
  /** In percent; null where it would say nothing. */
  conversion: number | null
}

/**
 * Channels, those with most entries first, and below them the views that belong to no channel. 공유 and 직접 are
 * always among them once there are views, so that rows hardly ever come while somebody reads.
 */
export function channelRows({ channels, views }: Pick<Analytics, 'channels' | 'views'>): ChannelRow[] {
  const viewsOf = new Map(views?.channels.map(({ entryPath, count }) => [entryPath, count]))
  const rows = channels.map(({ entryPath, count }): ChannelRow => {
    const seen = views && (viewsOf.get(entryPath) ?? 0)
    return {
      name: { entryPath },
      views: seen,
      entries: count,
      conversion: seen === null ? null : conversion(count, seen),
    }
  })
  const byEntries = rows.sort(
    (a, b) => (b.entries ?? 0) - (a.entries ?? 0) || (b.views ?? 0) - (a.views ?? 0),
  )
  const others = (['shared', 'direct', 'other'] as const).flatMap((source): ChannelRow[] =>
    views && (source !== 'other' || views.other > 0)
      ? [{ name: { source }, views: views[source], entries: null, conversion: null }]
      : [],
  )
  return [...byEntries, ...others]
}
