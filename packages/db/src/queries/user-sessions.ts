import { and, desc, eq, gt, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { sessions, shopMembers, users, verifications } from '../schema/auth.ts'

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

/** Ends the session with this token. Resolves with its user; undefined where there is none. */
export async function endSessionOfToken(
  executor: Executor,
  { token }: { token: string },
): Promise<string | undefined> {
  const ended = await executor
    .delete(sessions)
    .where(eq(sessions.token, token))
    .returning({ userId: sessions.userId })
  return ended[0]?.userId
}

export interface EndedSessions {
  userId: string
  /** The shops that the account belongs to. */
  shopIds: string[]
  /** How many sessions have ended. */
  sessions: number
}

/**
 * Ends every session of the account with this e-mail address in lower case, whether it has one or not, or of all
 * accounts that have one with null, and deletes what `deleteVerificationsOf` does. Returns the accounts.
 */
export async function endAllSessions(
  executor: Executor,
  { email }: { email: string | null },
): Promise<EndedSessions[]> {
  return executor.execute<{ [Key in keyof EndedSessions]: EndedSessions[Key] }>(sql`
    with ended as (
      delete from ${sessions} using ${users}
      where ${users.id} = ${sessions.userId} and (${email}::text is null or ${users.email} = ${email})
      returning ${sessions.userId}
    ),
    forgotten as (
      delete from ${verifications} using ${users}
      where ${verifications.value} = ${users.id}::text and (${email}::text is null or ${users.email} = ${email})
    )
    select ${users.id} as "userId", count(ended.user_id)::int as sessions,
      array(select ${shopMembers.shopId} from ${shopMembers} where ${shopMembers.userId} = ${users.id}) as "shopIds"
    from ${users} left join ended on ended.user_id = ${users.id}
    where ${users.email} = ${email} or ended.user_id is not null
    group by ${users.id} order by ${users.id}`)
}

interface OfSession {
  sessionId: string
}

/** Notes that the holder of a session has just proved who they are; `secondFactor`, with a second factor. */
export async function markAuthenticated(
  executor: Executor,
  { sessionId, secondFactor }: OfSession & { secondFactor: boolean },
): Promise<void> {
  const now = sql`now()`
  await executor
    .update(sessions)
    .set({ authenticatedAt: now, lastActiveAt: now, ...(secondFactor && { secondFactor }) })
    .where(eq(sessions.id, sessionId))
}

/** Notes that a person uses a session. */
export async function touchSession(executor: Executor, { sessionId }: OfSession): Promise<void> {
  await executor.update(sessions).set({ lastActiveAt: sql`now()` }).where(eq(sessions.id, sessionId))
}
