import { readableSlug } from '../events/readable-slug.ts'
import { USUAL_CHANNELS } from './channel-defaults.ts'

const MAX_BASE_LENGTH = 24

/**
 * A code for an entry path that is not among `taken`: derived from the name, with a number after it where
 * necessary.
 */
export function freeChannelCode(entryPath: string, taken: ReadonlySet<string>): string {
  const usual = USUAL_CHANNELS.find((channel) => channel.entryPath === entryPath)?.code
  const base = usual ?? (readableSlug(entryPath).slice(0, MAX_BASE_LENGTH) || 'path')
  if (!taken.has(base)) return base
  for (let number = 2; ; number++) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`
}
