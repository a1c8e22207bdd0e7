/** A current winner as the panel of notices names them. */
export interface NotifiedWinner {
  participantId: string
  rank: number
  /** Null, like the number, once personal data was destroyed. */
  name: string | null
  /** Whole for owners, masked for everybody else. */
  phoneNumber: string | null
}

/** A link that opens the messages app with a text, on iOS and Android; null for a masked number. */
export function smsHref(phoneNumber: string | null, text: string): string | null {
  if (!phoneNumber || !/^[\d-]+$/.test(phoneNumber)) return null
  return `sms:${phoneNumber.replaceAll('-', '')}?&body=${encodeURIComponent(text)}`
}
