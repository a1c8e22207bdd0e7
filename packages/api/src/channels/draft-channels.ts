import { DomainError } from '../errors/domain-error.ts'
import { readableSlug } from '../events/create-slug.ts'
import { storeChannel, usualChannels } from './channel-defaults.ts'

export interface ChannelDraft {
  entryPath: string
  code: string
  kind: 'link' | 'store'
}

/**
 * The channels of a new event: those given, or the three usual ones, and 매장 방문 after them. A code left out is made from the name.
 * Throws VALIDATION_FAILED for a name or code that is there twice, or that 매장 방문 has.
 */
export function eventChannels(
  given: readonly { entryPath: string; code?: string | undefined }[] = usualChannels,
): ChannelDraft[] {
  const names = new Set<string>([storeChannel.entryPath])
  const codes = new Set<string>([storeChannel.code])
  for (const [index, { entryPath, code }] of given.entries()) {
    if (names.has(entryPath)) throw fault(`channels.${index}.entryPath`)
    names.add(entryPath)
    if (code === undefined) continue
    if (codes.has(code)) throw fault(`channels.${index}.code`)
    codes.add(code)
  }
  const links = given.map(({ entryPath, code }): ChannelDraft => {
    const made = code ?? freeCode(entryPath, codes)
    codes.add(made)
    return { entryPath, code: made, kind: 'link' }
  })
  return [...links, { ...storeChannel, kind: 'store' }]
}

export function freeCode(entryPath: string, taken: ReadonlySet<string>): string {
  const usual = usualChannels.find((channel) => channel.entryPath === entryPath)?.code
  const base = usual ?? (readableSlug(entryPath).slice(0, 24) || 'path')
  if (!taken.has(base)) return base
  for (let number = 2; ; number++) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`
}

const fault = (field: string) =>
  new DomainError('VALIDATION_FAILED', { fields: [{ field, code: 'channel.reserved' }] })
