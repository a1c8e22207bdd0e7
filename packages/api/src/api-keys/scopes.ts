import type { ApiKeyScope } from '@eungmo/db/queries/api-keys'
import type { Member, Viewer } from '../context.ts'
import { DomainError } from '../errors/domain-error.ts'

/** The scopes that contain another one. */
const containedIn: Partial<Record<ApiKeyScope, ApiKeyScope>> = { 'participants:read': 'participants:export' }

/** Whether the viewer may do what the scope stands for: a member always, an API key that has the scope. */
export function hasScope(viewer: Viewer, scope: ApiKeyScope): boolean {
  if (viewer.kind !== 'member') return false
  if (viewer.via === 'session') return true
  const wider = containedIn[scope]
  return viewer.scopes.includes(scope) || (wider !== undefined && viewer.scopes.includes(wider))
}

/**
 * Throws FORBIDDEN, which names the scope, for an API key without it. Without a scope nothing is open to keys.
 */
export function requireScope(viewer: Member, scope: ApiKeyScope | undefined): void {
  if (viewer.via === 'session') return
  if (scope === undefined) throw new DomainError('FORBIDDEN')
  if (!hasScope(viewer, scope)) throw new DomainError('FORBIDDEN', { missingScope: scope })
}
