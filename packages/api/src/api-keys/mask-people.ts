import type { Member } from '../context.ts'
import { maskName } from '../validation/mask-name.ts'
import { maskPhone } from '../validation/phone.ts'
import { hasScope } from './scopes.ts'

interface Person {
  name: string | null
  phoneNumber: string | null
}

/**
 * People as the viewer may see them. An API key sees whole phone numbers with `participants:export` only, and
 * whole names with `participants:read`.
 */
export function maskPeople<T extends Person>(viewer: Member, people: readonly T[]): T[] {
  const seesNumbers = hasScope(viewer, 'participants:export')
  const seesNames = hasScope(viewer, 'participants:read')
  return people.map((person) => ({
    ...person,
    name: seesNames ? person.name : person.name && maskName(person.name),
    phoneNumber: seesNumbers ? person.phoneNumber : person.phoneNumber && maskPhone(person.phoneNumber),
  }))
}
