/** What separates number and text in a link: Apple's phones take `&` where RFC 5724 has `?`. */
const separatorOf = (userAgent: string): string => (/iPhone|iPad|iPod|Macintosh/.test(userAgent) ? '&' : '?')

const digitsOf = (phoneNumber: string): string => phoneNumber.replaceAll('-', '')

/** Calls a number. */
export const phoneLink = (phoneNumber: string): string => `tel:${digitsOf(phoneNumber)}`

/**
 * Opens a text message to a number on the phone that `userAgent` names, with `text` filled in. Defaults to an empty
 * message.
 */
export function smsLink(phoneNumber: string, userAgent: string, text?: string): string {
  const link = `sms:${digitsOf(phoneNumber)}`
  return text ? `${link}${separatorOf(userAgent)}body=${encodeURIComponent(text)}` : link
}
