import { DomainError } from '../errors/domain-error.ts'
import { uuid } from './fields.ts'

/** An id that stands in an address. Throws NOT_FOUND for anything but a UUID: nothing has such an id. */
export function parseId(text: string): string {
  const { data } = uuid.safeParse(text)
  if (data === undefined) throw new DomainError('NOT_FOUND')
  return data
}
