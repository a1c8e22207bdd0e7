/**
 * Participants per viewer in percent, as a whole number. Null where it would say nothing: without views, and
 * with more participants than viewers, as after entries over REST, or by several people behind one address.
 * @example conversion(342, 1204) // => 28
 */
export function conversion(entries: number, views: number): number | null {
  return views === 0 || entries > views ? null : Math.round((entries / views) * 100)
}
