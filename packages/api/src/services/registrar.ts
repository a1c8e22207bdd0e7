/** An entry that has passed validation. */
export interface Registration {
  eventId: string
  name: string
  /** E.164. */
  phoneNumber: string
  /** Null only beside a visit token. */
  entryPath: string | null
  visitToken: string | null
  /** The rendered form's id; null where the caller sent none. */
  submissionId: string | null
}

/** What an accepted entry is answered with. */
export interface AcceptedEntry {
  participantId: string
  applicationNumber: string
  announcementDate: Date
  participatedAt: Date
  entryPath: string
  visited: boolean
}

/** Takes entries in, many in one statement. */
export interface Registrar {
  /**
   * Resolves once the entry is durable. Throws the domain errors of registering, and UNAVAILABLE when the database does not answer in
   * time or too many wait already.
   */
  register(registration: Registration): Promise<AcceptedEntry>
  /** Takes no more, and waits for what is under way. */
  close(): Promise<void>
}
