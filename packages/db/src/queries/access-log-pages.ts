import { type SQL, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { ACTOR_KINDS } from '../schema/access-log.ts'
import type { AccessAction } from './access-log.ts'

export { ACTOR_KINDS }

/** Which lines of a shop's access log are read; all of them by default. */
export interface AccessFilter {
  /** The user or API key who acted; entrants are not found. */
  actorId?: string | undefined
  action?: AccessAction | undefined
  eventId?: string | undefined
  from?: Date | undefined
  /** Exclusive. */
  until?: Date | undefined
}

/** A place in the log, which is ordered by time and id. */
export interface AccessPlace {
  at: Date
  id: string
}

export interface AccessLine extends AccessPlace {
  /** Null for a failed sign-in to no account. */
  actorKind: (typeof ACTOR_KINDS)[number] | null
  /** Null for the operator too. */
  actorId: string | null
  /** The user's or the key's name; null where the user deleted the account. */
  actorName: string | null
  actorRole: 'owner' | 'staff' | null
  clientAddress: string
  action: AccessAction
  eventId: string | null
  eventTitle: string | null
  subjectId: string | null
  /**
   * What the subject is called: a user's or key's name, an invitation's e-mail address, a participant's
   * application number; null where it is not stored any more.
   */
  subjectName: string | null
  people: number
  purpose: string | null
}

/** Lines of a shop's access log, newest first, each with the names that its ids have now. */
export async function listAccess(
  executor: Executor,
  {
    shopId,
    filter: { actorId, action, eventId, from, until },
    before,
    limit,
  }: { shopId: string; filter: AccessFilter; before?: AccessPlace | undefined; limit: number },
): Promise<AccessLine[]> {
  const conditions: SQL[] = [sql`shop_id = ${shopId}::uuid`]
  if (actorId !== undefined) conditions.push(sql`actor_id = ${actorId}::uuid and actor_kind <> 'entrant'`)
  if (action !== undefined) conditions.push(sql`action = ${action}`)
  if (eventId !== undefined) conditions.push(sql`event_id = ${eventId}::uuid`)
  if (from !== undefined) conditions.push(sql`at >= ${from.toISOString()}::timestamptz`)
  if (until !== undefined) conditions.push(sql`at < ${until.toISOString()}::timestamptz`)
  if (before !== undefined)
    conditions.push(sql`(at, id) < (${before.at.toISOString()}::timestamptz, ${before.id}::uuid)`)
  const rows = await executor.execute<Omit<AccessLine, 'at'> & { at: string }>(sql`
    with lines as (
      select * from access_log where ${sql.join(conditions, sql` and `)}
      order by at desc, id desc limit ${limit}
    )
    select l.id, l.at, l.actor_kind as "actorKind", l.actor_id as "actorId",
      coalesce(u.name, k.name) as "actorName", l.actor_role as "actorRole",
      l.client_address as "clientAddress", l.action, l.event_id as "eventId", e.title as "eventTitle",
      l.subject_id as "subjectId",
      coalesce(p.application_number, sk.name, su.name, si.email) as "subjectName", l.people, l.purpose
    from lines l
    left join users u on u.id = l.actor_id
    left join api_keys k on k.id = l.actor_id
    left join events e on e.id = l.event_id and e.shop_id = l.shop_id
    left join participants p on p.event_id = e.id and p.id = l.subject_id
    left join api_keys sk on sk.id = l.subject_id and sk.shop_id = l.shop_id
    left join users su on su.id = l.subject_id
    left join shop_invitations si on si.id = l.subject_id and si.shop_id = l.shop_id
    order by l.at desc, l.id desc`)
  return rows.map((row) => ({ ...row, at: new Date(row.at) }))
}

/** A user or an API key in a shop's access log. */
export interface AccessActor {
  kind: 'user' | 'api-key'
  id: string
  /** Null where the user deleted the account. */
  name: string | null
}

/** The users and API keys in a shop's access log, users first. One look-up in the index for each. */
export async function listAccessActors(
  executor: Executor,
  { shopId }: { shopId: string },
): Promise<AccessActor[]> {
  const rows = await executor.execute<{ kind: AccessActor['kind']; id: string; name: string | null }>(sql`
    with recursive actors as (
      (select actor_id, actor_kind from access_log
        where shop_id = ${shopId}::uuid and actor_id is not null and actor_kind <> 'entrant' order by actor_id limit 1)
      union all
      select next.actor_id, next.actor_kind from actors, lateral (
        select actor_id, actor_kind from access_log
        where shop_id = ${shopId}::uuid and actor_id > actors.actor_id and actor_kind <> 'entrant' order by actor_id limit 1
      ) next
    )
    select a.actor_kind as kind, a.actor_id as id, coalesce(u.name, k.name) as name
    from actors a
    left join users u on u.id = a.actor_id
    left join api_keys k on k.id = a.actor_id
    order by a.actor_kind desc, name nulls last, a.actor_id`)
  return [...rows]
}
