import type { Database } from '@eungmo/db/connection/client'
import { endUserSession } from '@eungmo/db/queries/user-sessions'
import { deleteVerificationsOf } from '@eungmo/db/queries/verifications'
import { recordAccountAccess } from './access-hooks.ts'

interface EndedSession {
  userId: string
  sessionId: string
  clientAddress: string
}

/**
 * Ends a session of this user, with a line in the access log; every device of theirs is asked for a code again. Returns false where the user has none with that id.
 * Throws UNAVAILABLE where the line cannot be written; the session goes on then.
 */
export const endSession = (
  db: Database,
  { userId, sessionId, clientAddress }: EndedSession,
): Promise<boolean> =>
  db.transaction(async (tx) => {
    const ended = await endUserSession(tx, { userId, sessionId })
    if (!ended) return false
    await recordAccountAccess(tx, { user: { id: userId }, action: 'end-sessions', clientAddress })
    // The session's device may be lost, and be one that is not asked for a code.
    await deleteVerificationsOf(tx, { userId })
    return true
  })
