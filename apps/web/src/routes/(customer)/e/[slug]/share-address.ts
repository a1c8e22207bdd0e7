import { SHARE_SOURCE } from '@eungmo/api/channels/channel-defaults'
import { publicUrl } from '#lib/server/process/dependencies.ts'

/** What customers share of an event: its public address, and nothing of who shares it. */
export const shareAddress = (slug: string): string =>
  `${publicUrl()}/e/${encodeURIComponent(slug)}?via=${SHARE_SOURCE}`
