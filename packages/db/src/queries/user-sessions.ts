import { and, desc, eq, gt, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { sessions } from '../schema/auth.ts'

export interface UserSession {
  id: string
  createdAt: Date
  /** The client address at sign-in; null where it is not known. */
  ipAddress: string | null
  userAgent: string | null
}

/** The sessions of a user that have not expired, newest first. Their tokens stay in the database. */
export function listUserSessions(executor: Executor, { userId }: { userId: string }): Promise<UserSession[]> {
  return executor
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      ipAddress: sessions.ipAddress,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, sql`now()`)))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
}

/** Ends a session of this user. Returns false where the user has none with that id. */
export async function endUserSession(
  executor: Executor,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<boolean> {
  const ended = await executor
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.id, sessionId)))
    .returning({ id: sessions.id })
  return ended.length > 0
}
