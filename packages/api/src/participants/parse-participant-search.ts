import type { ParticipantSearch } from '@eungmo/db/queries/participants'
import type { SecretKey } from '../crypto/key-ring.ts'
import { phoneIndex, phoneIndexStart } from '../crypto/phone-index.ts'
import {
  APPLICATION_NUMBER_ALPHABET,
  applicationNumberCharacters,
  formatApplicationNumber,
  parseApplicationNumber,
} from '../validation/application-number.ts'
import { toE164 } from '../validation/phone.ts'

/**
 * What a search text may stand for: a whole number finds one row, anything else matches parts of several
 * columns.
 */
export function parseParticipantSearch(
  eventKey: SecretKey,
  eventId: string,
  text: string,
): ParticipantSearch {
  const q = text.trim().normalize('NFC')
  if (q === '') return {}
  const applicationNumber = parseApplicationNumber(q)
  if (applicationNumber !== null) return { applicationNumber }
  const e164 = toE164(q)
  if (e164 !== null) return { phoneIndex: phoneIndex(eventKey, eventId, e164) }
  const characters = applicationNumberCharacters(q)
  const isStart =
    characters.length >= 2 &&
    characters.length < 8 &&
    [...characters].every((c) => APPLICATION_NUMBER_ALPHABET.includes(c))
  return {
    namePart: q,
    ...(/^\d{4}$/.test(q) && { phoneIndexStart: phoneIndexStart(eventKey, eventId, q) }),
    ...(isStart && {
      applicationNumberStart: characters.length > 4 ? formatApplicationNumber(characters) : characters,
    }),
  }
}
