import { uuid } from '@eungmo/api/validation/fields'
import { recordShownNotice } from '@eungmo/db/queries/owner-notices'
import { findOpenInvitation } from '@eungmo/db/queries/shop-invitations'
import { error, fail, type RequestEvent, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { auth, signUp } from '#lib/server/auth/auth.ts'
import { callAuth } from '#lib/server/auth/call-auth.ts'
import { noticeHash, shownNoticeVersion } from '#lib/server/auth/owner-notice.ts'
import { SIGN_UP_NOT_ALLOWED } from '#lib/server/auth/sign-up-rules.ts'
import { newPasswordError, tooMuchError } from '#lib/server/forms/account-errors.ts'
import { joinForm } from '#lib/server/forms/account-forms.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import { operator } from '#lib/server/process/operator.ts'
import type { Actions, PageServerLoad } from './$types'

async function openInvitation({ params }: RequestEvent) {
  const id = uuid.safeParse(params.invitationId)
  const invitation = id.success && (await findOpenInvitation(dependencies().db, { invitationId: id.data }))
  if (!invitation) error(404, m.join_expired())
  return invitation
}

export const load: PageServerLoad = async (event) => {
  const { email, shopName } = await openInvitation(event)
  return {
    email,
    shopName,
    signedIn: event.locals.userId !== null,
    signUpClosed: signUp() === 'closed',
    operator: operator(),
    notice: noticeHash(operator(), 'staff'),
  }
}

/** The version of the notice that the page showed; undefined where it has changed since. */
const shownNotice = (hash: string | undefined) =>
  shownNoticeVersion(dependencies().db, { operator: operator(), account: 'staff', hash })

export const actions: Actions = {
  /** A new user: the account gets the invitation's e-mail address, so that the invitation can be accepted. */
  signUp: async (event) => {
    const invitation = await openInvitation(event)
    const { name = '', password = '', notice } = await readForm(event.request)
    const parsed = joinForm.safeParse({ name, password })
    const wrong = new Set(parsed.error?.issues.map((issue) => issue.path[0]))
    const passwordError = await newPasswordError(password, [name, invitation.email, invitation.shopName])
    if (!parsed.success || passwordError) {
      return fail(400, {
        name,
        nameError: wrong.has('name') ? m.sign_up_name_missing() : undefined,
        passwordError: passwordError ?? (wrong.has('password') ? m.sign_up_password_short() : undefined),
      })
    }
    const noticeVersion = await shownNotice(notice)
    if (noticeVersion === undefined) return fail(409, { name, message: m.owner_notice_changed() })
    const response = await callAuth(auth(), event, '/sign-up/email', {
      ...parsed.data,
      email: invitation.email,
      invitationId: invitation.id,
      noticeVersion,
    })
    if (response.ok) return { signUpEmail: invitation.email }
    const rejected = response.code === SIGN_UP_NOT_ALLOWED
    const message = tooMuchError(event, response) ?? (rejected ? m.join_closed() : m.error_unexpected())
    return fail(response.status, { name, message })
  },
  accept: async (event) => {
    const invitation = await openInvitation(event)
    const { viewer, userId } = event.locals
    if (userId === null) redirect(303, `/login?next=${encodeURIComponent(event.url.pathname)}`)
    const noticeVersion = await shownNotice((await readForm(event.request)).notice)
    if (noticeVersion === undefined) return fail(409, { name: '', message: m.owner_notice_changed() })
    const response = await callAuth(auth(), event, '/organization/accept-invitation', {
      invitationId: invitation.id,
    })
    if (!response.ok)
      return fail(response.status, { name: '', message: m.join_other_address({ email: invitation.email }) })
    await recordShownNotice(dependencies().db, { userId, version: noticeVersion })
    if (viewer.kind !== 'member') redirect(303, '/admin/events')
    // Accepting changes to the new shop, which its member has to choose.
    await callAuth(auth(), event, '/organization/set-active', { organizationId: viewer.shopId })
    redirect(303, '/admin/shops')
  },
}
