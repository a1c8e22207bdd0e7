import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { renameInput } from '@eungmo/api/shops/schema'
import { listOpenInvitations } from '@eungmo/db/queries/shop-invitations'
import { listShopMembers } from '@eungmo/db/queries/shop-members'
import { error, fail, isRedirect, type RequestEvent, redirect } from '@sveltejs/kit'
import type { z } from 'zod'
import * as m from '#lib/paraglide/messages.js'
import { forPage } from '#lib/server/api/error-response.ts'
import { auth } from '#lib/server/auth/auth.ts'
import { callAuth } from '#lib/server/auth/call-auth.ts'
import { inviteStaff } from '#lib/server/auth/invite-staff.ts'
import { requireOwner } from '#lib/server/auth/require-owner.ts'
import { requireSignInAgain } from '#lib/server/auth/sign-in-again.ts'
import { tooMuchError } from '#lib/server/forms/account-errors.ts'
import { changeRoleForm, handOverForm, idForm, inviteForm } from '#lib/server/forms/account-forms.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import { sendsMail } from '#lib/server/process/mailer.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { shopId, userId } = requireOwner(event)
  const { db, publicUrl } = dependencies()
  const [members, invitations, details, { due }] = await Promise.all([
    listShopMembers(db, { shopId }),
    listOpenInvitations(db, { shopId }),
    forPage(event.locals.api.shops.details(), event.url),
    forPage(event.locals.api.accessLog.reviews(), event.url),
  ])
  return {
    details,
    accessReviewDue: due,
    sendsMail: sendsMail(),
    members: members.map((member) => ({ ...member, self: member.userId === userId })),
    invitations: invitations.map(({ id, email }) => ({ id, email, link: `${publicUrl}/join/${id}` })),
  }
}

export const actions: Actions = {
  rename: async (event) => {
    requireOwner(event)
    const { locals, request, url } = event
    const parsed = renameInput.safeParse({ name: (await readForm(request)).name })
    if (!parsed.success) return fail(400, { field: 'name', message: m.sign_up_shop_missing() })
    await forPage(locals.api.shops.rename(parsed.data), url)
    return { done: m.settings_renamed() }
  },
  /** What customers see of the shop. */
  details: async (event) => {
    requireOwner(event)
    const { locals, request, url } = event
    const { contact = '', address = '', openingHours = '', privacyOfficer = '' } = await readForm(request)
    try {
      await locals.api.shops.updateDetails({ contact, address, openingHours, privacyOfficer })
    } catch (cause) {
      const { status, body } = toErrorResponse(cause, locals.locale)
      if (status !== 400) return forPage(Promise.reject(cause), url)
      return fail(400, {
        errors: Object.fromEntries((body.fields ?? []).map(({ field, message }) => [field, message])),
      })
    }
    return { done: m.settings_details_saved() }
  },
  invite: async (event) => {
    const { shopId } = requireOwner(event)
    const form = await readForm(event.request)
    const parsed = inviteForm.safeParse({ email: form.email })
    if (!parsed.success) return fail(400, { field: 'email', message: m.sign_up_email_wrong() })
    const again = await requireSignInAgain(event, form)
    if (again) return again
    const response = await inviteStaff(auth(), dependencies(), event, { shopId, email: parsed.data.email })
    if (response.ok) {
      const { email } = parsed.data
      return { done: sendsMail() ? m.settings_invited_by_mail({ email }) : m.settings_invited({ email }) }
    }
    const already = response.code.startsWith('USER_IS_ALREADY')
    return fail(response.status, {
      field: 'email',
      message: already
        ? m.settings_already_invited()
        : (tooMuchError(event, response) ?? m.error_unexpected()),
    })
  },
  cancelInvitation: async (event) => {
    requireOwner(event)
    const form = await readForm(event.request)
    const { data } = idForm.safeParse(form)
    if (!data) error(400, m.error_unexpected())
    const again = await requireSignInAgain(event, form)
    if (again) return again
    const response = await callAuth(auth(), event, '/organization/cancel-invitation', {
      invitationId: data.id,
    })
    if (!response.ok) return fail(response.status, { field: 'invitation', message: m.error_unexpected() })
    return { done: m.settings_invitation_cancelled() }
  },
  changeRole: (event) =>
    changeMembers(event, changeRoleForm, async (form, shops) => {
      await shops.changeRole({ memberId: form.id, role: form.role })
      return form.role === 'owner' ? m.settings_now_owner() : m.settings_now_staff()
    }),
  removeMember: (event) =>
    changeMembers(event, idForm, async ({ id }, shops) => {
      await shops.removeMember({ memberId: id })
      return m.settings_member_removed()
    }),
  handOver: (event) =>
    changeMembers(event, handOverForm, async ({ id, afterwards }, shops) => {
      await shops.handOver({ memberId: id, afterwards })
      // The page is for owners only.
      redirect(303, '/admin/events')
    }),
}

/** Runs a change of the shop's members; what is wrong with it shows above their list. */
async function changeMembers<T>(
  event: RequestEvent,
  form: z.ZodType<T>,
  change: (input: T, shops: RequestEvent['locals']['api']['shops']) => Promise<string>,
) {
  requireOwner(event)
  const texts = await readForm(event.request)
  const { data } = form.safeParse(texts)
  if (data === undefined) error(400, m.error_unexpected())
  const again = await requireSignInAgain(event, texts)
  if (again) return again
  try {
    return { done: await change(data, event.locals.api.shops) }
  } catch (cause) {
    if (isRedirect(cause)) throw cause
    const { status, body } = toErrorResponse(cause, event.locals.locale)
    if (status !== 409) return forPage(Promise.reject(cause), event.url)
    return fail(status, { field: 'member', message: body.message })
  }
}
