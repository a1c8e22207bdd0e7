import type { SearchedRow } from '@eungmo/db/queries/participant-envelopes'
import type { KeyRing } from '../crypto/key-ring.ts'
import { openName, openPhone } from '../crypto/open-personal-envelopes.ts'
import { createNameMatcher } from '../participants/match-name.ts'
import type { SearchedParts } from '../participants/parse-participant-search.ts'

/** Whether a row of the event matches, with its envelopes opened in memory: no statement carries the search. */
export function createParticipantMatcher(
  keys: KeyRing,
  eventId: string,
  { namePart, lastFourStart, applicationNumberStart }: SearchedParts,
): (row: SearchedRow) => boolean {
  const matchesName = namePart === null ? null : createNameMatcher(namePart)
  return ({ id: participantId, name, phoneNumber, applicationNumber }) => {
    const subject = { eventId, participantId }
    if (applicationNumberStart !== null && applicationNumber?.startsWith(applicationNumberStart)) return true
    if (matchesName && name !== null && matchesName(openName(keys, subject, name))) return true
    return (
      lastFourStart !== null &&
      phoneNumber !== null &&
      openPhone(keys, subject, phoneNumber).e164.slice(-4).startsWith(lastFourStart)
    )
  }
}
