import type { ParticipantSearch } from '@eungmo/db/queries/participants'
import type { SecretKey } from '../crypto/key-ring.ts'
import { phoneIndex, phoneIndexStart } from '../crypto/phone-index.ts'
import { applicationAlphabet, readApplicationNumber } from '../validation/application-number.ts'
import { toE164 } from '../validation/phone.ts'

const hyphens = /[\s\-‐‑‒–—―]/g

/** What somebody may mean who types this into the search field: a whole number finds one row, anything else by parts. */
export function readParticipantSearch(eventKey: SecretKey, eventId: string, text: string): ParticipantSearch {
  const q = text.trim().normalize('NFC')
  if (q === '') return {}
  const applicationNumber = readApplicationNumber(q)
  if (applicationNumber !== null) return { applicationNumber }
  const e164 = toE164(q)
  if (e164 !== null) return { phoneIndex: phoneIndex(eventKey, eventId, e164) }
  const characters = q.toUpperCase().replace(hyphens, '')
  const isStart =
    characters.length >= 2 &&
    characters.length < 8 &&
    [...characters].every((c) => applicationAlphabet.includes(c))
  return {
    namePart: q,
    ...(/^\d{4}$/.test(q) && { phoneIndexStart: phoneIndexStart(eventKey, eventId, q) }),
    ...(isStart && {
      applicationNumberStart:
        characters.length > 4 ? `${characters.slice(0, 4)}-${characters.slice(4)}` : characters,
    }),
  }
}
