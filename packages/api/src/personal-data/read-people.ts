import type { Executor } from '@eungmo/db/connection/client'
import type { AccessAction } from '@eungmo/db/queries/access-log'
import { hasScope } from '../api-keys/scopes.ts'
import type { Actor, Operator } from '../context.ts'
import type { KeyRing } from '../crypto/key-ring.ts'
import { openName, openPhone } from '../crypto/open-personal-envelopes.ts'
import type { DataSubject } from '../crypto/personal-envelopes.ts'
import { isIdle } from '../recent-session.ts'
import { maskName } from '../validation/mask-name.ts'
import { displayPhone, maskPhone, maskPhoneForShop } from '../validation/phone.ts'
import { type Access, type RecordedAccess, recordAccess, wasRecorded } from './record-access.ts'

/** A participant's row with its envelopes; null once personal data was destroyed. */
export interface SealedPerson extends DataSubject {
  name: Uint8Array | null
  phoneNumber: Uint8Array | null
}

/** What a viewer may see of a person: null once personal data was destroyed. */
export interface Person {
  name: string | null
  /** In the Korean way, masked or whole. */
  phoneNumber: string | null
}

interface PeopleAccess extends Pick<Access, 'actor' | 'action' | 'purpose'> {
  eventId: string
  subjects: readonly SealedPerson[]
}

type Reader = Actor | Operator

const isKey = ({ via }: Reader) => via === 'api-key'
const isOwner = (reader: Reader) => reader.via === 'session' && reader.role === 'owner'
const isOperator = ({ via }: Reader) => via === 'command'
const mayExport = (reader: Reader) => reader.via === 'api-key' && hasScope(reader, 'participants:export')
/** A page that was left open shows no whole list. */
const isLeftOpen = (reader: Reader) => reader.via === 'session' && isIdle(reader)
/** Owners see whole numbers of those whom they have to call; API keys with the scope, everywhere. */
const ownersAndExporters = (actor: Reader) => isOwner(actor) || mayExport(actor)

/** Who gets whole phone numbers by which action; by every other one, numbers are masked. */
const seesWhole: Partial<Record<AccessAction, (actor: Reader) => boolean>> = {
  'list-participants': mayExport,
  'search-participants': mayExport,
  'reveal-participant': (actor) => !isKey(actor),
  'export-participants': ownersAndExporters,
  'list-winners': (actor) => ownersAndExporters(actor) && !isLeftOpen(actor),
  'export-winners': ownersAndExporters,
  'export-prize-tax': ownersAndExporters,
  draw: ownersAndExporters,
  redraw: ownersAndExporters,
  'list-affected': isOperator,
}

/**
 * People as the actor of a recorded access may see them, in the order of `subjects`: for what reads more than
 * once, such as a stream. API keys see whole names with `participants:read` only.
 * @throws {Error} for an access that is not in the log, and as `openEnvelope` does
 */
export function showPeople(
  keys: KeyRing,
  access: RecordedAccess,
  subjects: readonly SealedPerson[],
): Person[] {
  if (!wasRecorded(access)) throw new Error('personal data is read without a line in the access log')
  const { actor, action } = access
  const whole = seesWhole[action]?.(actor) ?? false
  const wholeNames = actor.via === 'command' || hasScope(actor, 'participants:read')
  const mask = isKey(actor) ? maskPhone : maskPhoneForShop
  return subjects.map(({ eventId, participantId, name, phoneNumber }) => {
    const subject = { eventId, participantId }
    const opened = name && openName(keys, subject, name)
    const number = phoneNumber && displayPhone(openPhone(keys, subject, phoneNumber).e164)
    return {
      name: wholeNames ? opened : opened && maskName(opened),
      phoneNumber: whole ? number : number && mask(number),
    }
  })
}

/**
 * The one door to personal data of entrants: writes the access log, then opens the rows and masks them for the
 * actor. Throws UNAVAILABLE where the log cannot be written, and returns nothing then.
 */
export async function readPeople(
  { db, secrets }: { db: Executor; secrets: KeyRing },
  { subjects, ...access }: PeopleAccess,
): Promise<Person[]> {
  const [only, ...others] = subjects
  const line = await recordAccess(db, {
    ...access,
    people: subjects.length,
    ...(only && others.length === 0 && { subjectId: only.participantId }),
  })
  return showPeople(secrets, line, subjects)
}
