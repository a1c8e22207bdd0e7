/** An entry that has passed validation. */
export interface Registration {
  eventId: string
  name: string
  /** E.164. */
  phoneNumber: string
  /** Null only with a visit token. */
  entryPath: string | null
  visitToken: string | null
  /** The rendered form's id; null where the caller sent none. */
  submissionId: string | null
}

/** A stored entry, as the response to its registration needs it. */
export interface AcceptedEntry {
  participantId: string
  applicationNumber: string
  announcementDate: Date
  participatedAt: Date
  entryPath: string
  visited: boolean
  visitedAt: Date | null
  /** The draw list's opaque id, and the salt that hides the person in it. */
  entryId: string
  entrySalt: Uint8Array
  /** Hex, of the rules record in force; null where it has to be looked up. */
  rulesHash: string | null
  /** The event's key, which signs receipts. */
  keyId: string
}
