import type { Member, Viewer } from './context.ts'
import { DomainError } from './errors/domain-error.ts'

/** The member who sent the request. Throws UNAUTHENTICATED, or SECOND_FACTOR_REQUIRED. */
export function requireMember(viewer: Viewer): Member {
  if (viewer.kind === 'unverified') throw new DomainError('SECOND_FACTOR_REQUIRED')
  if (viewer.kind !== 'member') throw new DomainError('UNAUTHENTICATED')
  return viewer
}
