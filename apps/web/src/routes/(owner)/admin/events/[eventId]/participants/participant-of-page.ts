import type { ExclusionReason } from '@eungmo/api/exclusions/reasons'

/** A participant as the page shows them. */
export interface ParticipantOfPage {
  participantId: string
  name: string | null
  phoneNumber: string | null
  entryPath: string
  applicationNumber: string | null
  participatedAt: string
  visited: boolean
  visitMarkedBy: string | null
  visitConfirmed: boolean
  isWinner: boolean
  withdrawn: boolean
  /** Null where the entry takes part in the draw, and where the entrant withdrew. */
  exclusion: {
    reason: ExclusionReason
    at: string | null
    by: string | null
    pasted: boolean
    note: string | null
  } | null
}
