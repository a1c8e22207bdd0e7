import type { Member } from './context.ts'
import { DomainError } from './errors/domain-error.ts'

/** How long after signing in, or signing in again, a session may change who has access. */
export const RECENT_SIGN_IN_MS = 15 * 60_000

/** How long a session may rest before pages that show whole numbers mask them. */
export const MAX_IDLE_MS = 30 * 60_000

/** Whether the holder of a session proved who they are within the last 15 minutes. */
export const isRecent = ({ authenticatedAt }: { authenticatedAt: Date }): boolean =>
  Date.now() - authenticatedAt.getTime() <= RECENT_SIGN_IN_MS

/** Whether nobody has used a session for 30 minutes; it stays so until its holder signs in again. */
export const isIdle = ({ lastActiveAt }: { lastActiveAt: Date }): boolean =>
  Date.now() - lastActiveAt.getTime() > MAX_IDLE_MS

/**
 * For what changes who has access, and for whole exports: throws SIGN_IN_AGAIN for a session whose holder signed in
 * more than 15 minutes ago. API keys have scopes in place of it.
 */
export function requireRecentSignIn(member: Member): void {
  if (member.via === 'session' && !isRecent(member)) throw new DomainError('SIGN_IN_AGAIN')
}
