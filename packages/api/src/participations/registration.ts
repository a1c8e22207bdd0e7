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
  /** The version of the consent text that was shown; null where the caller named none. */
  consentVersion: number | null
  /**
   * The version of the marketing text whose box was ticked, or NEWEST_TEXT; absent or null where it was not.
   */
  marketingVersion?: number | null
  /** For demonstrations, whose entries are earlier ones: what the id begins with. Defaults to now. */
  idTime?: Date
}

export interface SignableEntry {
  /** The draw list's opaque id. */
  entryId: string
  /** The hash of salt and phone number in it. */
  person: Uint8Array
  /** Hex, of the rules record in force. */
  rulesHash: string
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
  /** What its receipt is signed from; null where the entry was stored by an earlier request. */
  signable: SignableEntry | null
  /** The event's key, which signs receipts. */
  keyId: string
}
