import { sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { ACCESS_ACTION_GROUPS, ACCESS_ACTIONS, accessLog, retentionOf } from '../schema/access-log.ts'
import { shopMembers, users } from '../schema/auth.ts'

export { ACCESS_ACTION_GROUPS, ACCESS_ACTIONS }
export type AccessAction = (typeof ACCESS_ACTIONS)[number]

/** A line of the access log; its time is the database's, its retention that of the action. */
type NewAccess = Omit<typeof accessLog.$inferInsert, 'at' | 'retentionYears'>

/** Appends a line. */
export async function insertAccess(executor: Executor, line: NewAccess): Promise<void> {
  await executor
    .insert(accessLog)
    .values({ ...line, at: sql`now()`, retentionYears: retentionOf(line.action) })
}

/** What a person does with an account, in every shop that it belongs to. */
export interface AccountAccess {
  /** The account, by its id or by the e-mail address that was tried, in lower case; null where none is known. */
  user: { id: string } | { email: string } | null
  action: AccessAction
  clientAddress: string
}

/**
 * Appends a line for each shop of an account, or one without a shop; without an actor where there is no such
 * account. Always one statement, so that its duration says little about whether the account exists.
 */
export async function insertAccountAccess(
  executor: Executor,
  { user, action, clientAddress }: AccountAccess,
): Promise<void> {
  const isUser =
    user === null ? sql`false` : 'id' in user ? sql`u.id = ${user.id}::uuid` : sql`u.email = ${user.email}`
  await executor.execute(sql`
    insert into ${accessLog} (id, shop_id, actor_kind, actor_id, actor_role, client_address, action,
      retention_years)
    select gen_random_uuid(), m.shop_id, case when u.id is not null then 'user' end, u.id,
      case when m.role = 'owner' then 'owner' when m.role is not null then 'staff' end,
      ${clientAddress}, ${action}, ${retentionOf(action)}::smallint
    from (select) attempt
    left join ${users} u on ${isUser}
    left join ${shopMembers} m on m.user_id = u.id`)
}
