import type { Executor } from '@eungmo/db/connection/client'
import { updateShop } from '@eungmo/db/queries/shop-details'
import {
  cancelInvitationsBy,
  deleteMember,
  lockRoles,
  type MemberRole,
  updateMemberRole,
} from '@eungmo/db/queries/shop-roles'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import type { ChangeRoleInput, HandOverInput, LeaveInput, MemberInput } from './schema.ts'

type Database = Pick<Dependencies, 'db'>

interface Roles {
  members: readonly MemberRole[]
  /** The viewer, as of now. */
  self: MemberRole
}

/**
 * Runs `change` in a transaction under the lock of the shop's roles. Rejects with FORBIDDEN where the viewer is
 * no owner any more, with LAST_OWNER where the shop would have none, and then changes nothing.
 */
async function changeRoles(
  { db }: Database,
  viewer: Actor,
  { by }: { by: 'owner' | 'member' },
  change: (tx: Executor, roles: Roles) => Promise<void>,
): Promise<void> {
  const { shopId } = viewer
  await db.transaction(async (tx) => {
    const members = await lockRoles(tx, { shopId })
    const self = members.find(({ userId }) => userId === viewer.userId)
    if (!self || (by === 'owner' && self.role !== 'owner')) throw new DomainError('FORBIDDEN')
    await change(tx, { members, self })
    const owners = ownersOf(await lockRoles(tx, { shopId }))
    if (owners.length === 0) throw new DomainError('LAST_OWNER')
    // The privacy pages of the shop may name another owner now.
    if (owners.join() !== ownersOf(members).join()) await updateShop(tx, { shopId, changes: {} })
  })
}

const ownersOf = (members: readonly MemberRole[]) =>
  members
    .filter(({ role }) => role === 'owner')
    .map(({ userId }) => userId)
    .toSorted()

/** Throws NOT_FOUND where the shop has no such member. */
function memberOf({ members }: Roles, memberId: string): MemberRole {
  const member = members.find((each) => each.memberId === memberId)
  if (!member) throw new DomainError('NOT_FOUND')
  return member
}

/** Cancels what somebody invited who may not invite any more: the invitation could be for themselves. */
async function cancelInvitations(tx: Executor, actor: Actor, { userId }: MemberRole): Promise<void> {
  for (const subjectId of await cancelInvitationsBy(tx, { shopId: actor.shopId, userId }))
    await recordAccess(tx, { actor, action: 'cancel-invitation', subjectId })
}

async function setRole(
  tx: Executor,
  actor: Actor,
  member: MemberRole,
  role: MemberRole['role'],
): Promise<void> {
  if (member.role === role) return
  await recordAccess(tx, { actor, action: 'change-role', subjectId: member.userId })
  await updateMemberRole(tx, { memberId: member.memberId, role })
  if (role === 'staff') await cancelInvitations(tx, actor, member)
}

async function remove(tx: Executor, actor: Actor, member: MemberRole): Promise<void> {
  await recordAccess(tx, { actor, action: 'remove-member', subjectId: member.userId })
  await deleteMember(tx, { memberId: member.memberId })
  await cancelInvitations(tx, actor, member)
}

/**
 * Makes a member of the viewer's shop an owner or staff. The API keys and open invitations of somebody who is no
 * owner any more end. Throws NOT_FOUND, FORBIDDEN, LAST_OWNER.
 */
export const changeRole = (
  dependencies: Database,
  viewer: Actor,
  { memberId, role }: ChangeRoleInput,
): Promise<void> =>
  changeRoles(dependencies, viewer, { by: 'owner' }, (tx, roles) =>
    setRole(tx, viewer, memberOf(roles, memberId), role),
  )

/** Takes a member out of the viewer's shop: pages end at once, open streams within 30 s. Throws as changeRole. */
export const removeMember = (
  dependencies: Database,
  viewer: Actor,
  { memberId }: MemberInput,
): Promise<void> =>
  changeRoles(dependencies, viewer, { by: 'owner' }, (tx, roles) =>
    remove(tx, viewer, memberOf(roles, memberId)),
  )

/** Makes a member an owner, and the viewer staff, or no member any more. Throws as changeRole. */
export const handOver = (
  dependencies: Database,
  viewer: Actor,
  { memberId, afterwards }: HandOverInput,
): Promise<void> =>
  changeRoles(dependencies, viewer, { by: 'owner' }, async (tx, roles) => {
    const successor = memberOf(roles, memberId)
    if (successor.userId === viewer.userId) throw new DomainError('NOT_FOUND')
    await setRole(tx, viewer, successor, 'owner')
    if (afterwards === 'leave') await remove(tx, viewer, roles.self)
    else await setRole(tx, viewer, roles.self, 'staff')
  })

/** Takes the viewer out of the shop. Throws LAST_OWNER, and NOT_FOUND for any other shop. */
export async function leaveShop(
  dependencies: Database,
  viewer: Actor,
  { shopId }: LeaveInput,
): Promise<void> {
  if (shopId !== viewer.shopId) throw new DomainError('NOT_FOUND')
  await changeRoles(dependencies, viewer, { by: 'member' }, (tx, { self }) => remove(tx, viewer, self))
}
