import type { Viewer } from '@eungmo/api/context'
import { isIdle } from '@eungmo/api/recent-session'
import type { Executor } from '@eungmo/db/connection/client'
import { touchSession } from '@eungmo/db/queries/user-sessions'

/** How exactly the last use of a session is known: it is not written with every request. */
const PRECISION_MS = 60_000

/**
 * Notes that a person uses a session. One that has rested for 30 minutes stays so until its holder signs in
 * again: otherwise any page that is opened would show whole numbers to a person at a left-open browser.
 */
export async function noteUse(db: Executor, viewer: Viewer): Promise<void> {
  if (viewer.kind !== 'member' || viewer.via !== 'session' || isIdle(viewer)) return
  const { sessionId, lastActiveAt } = viewer
  if (Date.now() - lastActiveAt.getTime() > PRECISION_MS) await touchSession(db, { sessionId })
}
