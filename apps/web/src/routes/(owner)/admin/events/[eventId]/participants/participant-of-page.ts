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
}
