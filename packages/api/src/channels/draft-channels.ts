import { invalidField } from '../errors/domain-error.ts'
import { RESERVED_CODES, STORE_CHANNEL, USUAL_CHANNELS } from './channel-defaults.ts'
import { freeChannelCode } from './free-channel-code.ts'

export interface ChannelDraft {
  entryPath: string
  code: string
  kind: 'link' | 'store'
}

/**
 * The channels of a new event: the requested ones, or the three usual ones, followed by 매장 방문. A missing code
 * is derived from the name. Throws VALIDATION_FAILED for a name or code that appears twice, or that is
 * reserved.
 */
export function draftChannels(
  requested: readonly { entryPath: string; code?: string | undefined }[] = USUAL_CHANNELS,
): ChannelDraft[] {
  const names = new Set<string>([STORE_CHANNEL.entryPath])
  const codes = new Set<string>(RESERVED_CODES)
  for (const [index, { entryPath, code }] of requested.entries()) {
    if (names.has(entryPath)) throw invalidField(`channels.${index}.entryPath`, 'channel.reserved')
    names.add(entryPath)
    if (code === undefined) continue
    if (codes.has(code)) throw invalidField(`channels.${index}.code`, 'channel.reserved')
    codes.add(code)
  }
  const links = requested.map(({ entryPath, code = freeChannelCode(entryPath, codes) }): ChannelDraft => {
    codes.add(code)
    return { entryPath, code, kind: 'link' }
  })
  return [...links, { ...STORE_CHANNEL, kind: 'store' }]
}
