/**
 * The link of a contact as an owner typed it: of an e-mail address, a phone number or a web address; undefined
 * for any other text.
 * @example contactHref('02-123-4567') // => 'tel:021234567'
 */
export function contactHref(contact: string): string | undefined {
  const text = contact.trim()
  if (/^[^\s@:/?#]+@[^\s@:/?#]+\.[^\s@:/?#]+$/.test(text)) return `mailto:${text}`
  if (/^\+?[\d\s().-]{8,20}$/.test(text)) return `tel:${text.replace(/[^\d+]/g, '')}`
  return /^https:\/\/[^\s]+$/.test(text) ? text : undefined
}
