import Bowser from 'bowser'

/**
 * What an owner recognises a device by, such as `Chrome · Android`; undefined where the text names neither a
 * browser nor a system. The text is the browser's own claim, and proves nothing.
 */
export function describeDevice(userAgent: string | null): string | undefined {
  // Bowser rejects an empty text.
  if (!userAgent) return undefined
  const { browser, os } = Bowser.parse(userAgent)
  return [browser.name, os.name].filter(Boolean).join(' · ') || undefined
}
