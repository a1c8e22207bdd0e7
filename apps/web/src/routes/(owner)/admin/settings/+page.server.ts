import { listOpenInvitations } from '@eungmo/db/queries/shop-invitations'
import { listShopMembers } from '@eungmo/db/queries/shop-members'
import { error, fail, type RequestEvent, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import * as m from '#lib/paraglide/messages.js'
import { auth } from '#lib/server/auth/auth.ts'
import { callAuth } from '#lib/server/auth/call-auth.ts'
import { shopNameSchema } from '#lib/server/auth/create-auth.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import type { Actions, PageServerLoad } from './$types'

/** Only owners change the shop; better-auth checks it again. */
function requireOwner({ locals }: Pick<RequestEvent, 'locals'>) {
  const { viewer } = locals
  if (viewer.kind !== 'member') redirect(303, '/login?next=/admin/settings')
  if (viewer.role !== 'owner') error(403, m.admin_error_owner_only())
  return viewer
}

export const load: PageServerLoad = async (event) => {
  const { shopId, userId } = requireOwner(event)
  const { db, publicUrl } = dependencies()
  const [members, invitations] = await Promise.all([
    listShopMembers(db, { shopId }),
    listOpenInvitations(db, { shopId }),
  ])
  return {
    members: members.map((member) => ({ ...member, self: member.userId === userId })),
    invitations: invitations.map(({ id, email }) => ({ id, email, link: `${publicUrl}/join/${id}` })),
  }
}

const idSchema = z.object({ id: z.uuid() })
const inviteSchema = z.object({ email: z.email().max(200) })
const nameSchema = z.object({ name: shopNameSchema })
const form = async (event: RequestEvent) => Object.fromEntries(await event.request.formData())

export const actions: Actions = {
  rename: async (event) => {
    const { shopId } = requireOwner(event)
    const parsed = nameSchema.safeParse(await form(event))
    if (!parsed.success) return fail(400, { field: 'name', message: m.sign_up_shop_missing() })
    const response = await callAuth(auth(), event, '/organization/update', {
      organizationId: shopId,
      data: parsed.data,
    })
    if (!response.ok) return fail(response.status, { field: 'name', message: m.error_unexpected() })
    return { done: m.settings_renamed() }
  },
  invite: async (event) => {
    const { shopId } = requireOwner(event)
    const parsed = inviteSchema.safeParse(await form(event))
    if (!parsed.success) return fail(400, { field: 'email', message: m.sign_up_email_wrong() })
    const response = await callAuth(auth(), event, '/organization/invite-member', {
      organizationId: shopId,
      email: parsed.data.email,
      role: 'staff',
    })
    if (response.ok) return { done: m.settings_invited({ email: parsed.data.email }) }
    const already = response.code.startsWith('USER_IS_ALREADY')
    return fail(response.status, {
      field: 'email',
      message: already ? m.settings_already_invited() : m.error_unexpected(),
    })
  },
  cancelInvitation: async (event) => {
    requireOwner(event)
    const { id } = idSchema.parse(await form(event))
    const response = await callAuth(auth(), event, '/organization/cancel-invitation', { invitationId: id })
    if (!response.ok) return fail(response.status, { field: 'invitation', message: m.error_unexpected() })
    return { done: m.settings_invitation_cancelled() }
  },
  removeMember: async (event) => {
    const { shopId } = requireOwner(event)
    const { id } = idSchema.parse(await form(event))
    const response = await callAuth(auth(), event, '/organization/remove-member', {
      organizationId: shopId,
      memberIdOrEmail: id,
    })
    if (!response.ok) return fail(response.status, { field: 'member', message: m.error_unexpected() })
    return { done: m.settings_member_removed() }
  },
}
