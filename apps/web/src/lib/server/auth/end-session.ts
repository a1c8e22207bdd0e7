import type { Database } from '@eungmo/db/connection/client'
import { endUserSession } from '@eungmo/db/queries/user-sessions'
import { recordAccountAccess } from './access-hooks.ts'

interface EndedSession {
  userId: string
  sessionId: string
  clientAddress: string
}

/**
 * Ends a session of this user, with a line in the access log. Returns false where the user has none with that id.
 * Throws UNAVAILABLE where the line cannot be written; the session goes on then.
 */
export const endSession = (
  db: Database,
  { userId, sessionId, clientAddress }: EndedSession,
): Promise<boolean> =>
  db.transaction(async (tx) => {
    const ended = await endUserSession(tx, { userId, sessionId })
    if (ended) await recordAccountAccess(tx, { user: { id: userId }, action: 'end-sessions', clientAddress })
    return ended
  })
