import type { ParticipantKey } from '@eungmo/db/queries/participants'
import type { SecretKey } from '../crypto/key-ring.ts'
import { phoneIndex } from '../crypto/keyed-hashes.ts'
import {
  APPLICATION_NUMBER_ALPHABET,
  applicationNumberCharacters,
  formatApplicationNumber,
  parseApplicationNumber,
} from '../validation/application-number.ts'
import { toE164 } from '../validation/phone.ts'

/** What a row is compared with; it matches when one of these does. */
export interface SearchedParts {
  /** Null for digits alone: no name consists of them, and a row has one envelope less to open. */
  namePart: string | null
  /** Two to four digits that the last four of a phone number begin with. */
  lastFourStart: string | null
  applicationNumberStart: string | null
}

/** A search by a value that an index finds, or by parts, for which every row is opened. */
export type ParticipantSearch =
  | { key: ParticipantKey; parts?: undefined }
  | { key?: undefined; parts: SearchedParts }

/**
 * What a search text may stand for: a whole number finds one row, anything else matches parts of several
 * columns.
 */
export function parseParticipantSearch(
  eventKey: SecretKey,
  eventId: string,
  text: string,
): ParticipantSearch {
  const q = text.trim()
  if (q === '') return { key: {} }
  const applicationNumber = parseApplicationNumber(q)
  if (applicationNumber !== null) return { key: { applicationNumber } }
  const e164 = toE164(q)
  if (e164 !== null) return { key: { phoneIndex: phoneIndex(eventKey, eventId, e164) } }
  const characters = applicationNumberCharacters(q)
  const isStart =
    characters.length >= 2 &&
    characters.length < 8 &&
    [...characters].every((c) => APPLICATION_NUMBER_ALPHABET.includes(c))
  const lastFourStart = /^\d{2,4}$/.test(characters) ? characters : null
  return {
    parts: {
      namePart: lastFourStart === null ? q : null,
      lastFourStart,
      applicationNumberStart: !isStart
        ? null
        : characters.length > 4
          ? formatApplicationNumber(characters)
          : characters,
    },
  }
}
