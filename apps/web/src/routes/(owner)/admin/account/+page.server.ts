import { toErrorResponse } from '@eungmo/api/errors/error-response'
import type { AccessAction } from '@eungmo/db/queries/access-log'
import { listPasskeys, removePasskey, renamePasskey } from '@eungmo/db/queries/passkeys'
import { hasSecondFactor, removeAuthenticatorApp } from '@eungmo/db/queries/second-factors'
import { listUserSessions } from '@eungmo/db/queries/user-sessions'
import { error, fail, type RequestEvent, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { forPage } from '#lib/server/api/error-response.ts'
import { recordAccountAccess } from '#lib/server/auth/access-hooks.ts'
import { auth } from '#lib/server/auth/auth.ts'
import { readAuthenticatorApp } from '#lib/server/auth/authenticator-app.ts'
import { changePassword } from '#lib/server/auth/change-password.ts'
import { describeViewer } from '#lib/server/auth/describe-viewer.ts'
import { endSession } from '#lib/server/auth/end-session.ts'
import { addPasskey, beginPasskey } from '#lib/server/auth/passkey-forms.ts'
import { renewRecoveryCodes } from '#lib/server/auth/recovery-codes.ts'
import { requireSignInAgain } from '#lib/server/auth/sign-in-again.ts'
import { newPasswordError, tooMuchError } from '#lib/server/forms/account-errors.ts'
import { changePasswordForm, idForm, passkeyNameForm } from '#lib/server/forms/account-forms.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import type { Actions, PageServerLoad } from './$types'
import { describeDevice } from './describe-device.ts'

function requireMember({ locals: { viewer } }: Pick<RequestEvent, 'locals'>) {
  if (viewer.kind !== 'member') redirect(303, '/login?next=/admin/account')
  return viewer
}

/** What a line of the access log says of an action on one's own account. */
const accountOf = (event: RequestEvent, action: AccessAction) => ({
  user: { id: requireMember(event).userId },
  action,
  clientAddress: event.getClientAddress(),
})

/** Where a second factor is required and none is left, the person is led to set up another one. */
async function requireFactorLeft(userId: string): Promise<void> {
  const isMissing =
    auth().secondFactor === 'required' && !(await hasSecondFactor(dependencies().db, { userId }))
  if (isMissing) redirect(303, '/second-factor?next=/admin/account')
}

export const load: PageServerLoad = async (event) => {
  const { userId, shopId } = requireMember(event)
  const { headers } = event.request
  const [sessions, accounts, current, app, passkeys] = await Promise.all([
    listUserSessions(dependencies().db, { userId }),
    auth().api.listUserAccounts({ headers }),
    auth().api.getSession({ headers, query: { disableRefresh: true } }),
    readAuthenticatorApp(auth(), dependencies().db, { userId }),
    listPasskeys(dependencies().db, { userId }),
  ])
  return {
    now: new Date(),
    codesLeft: app.state === 'confirmed' ? app.codesLeft : undefined,
    passkeys,
    isFactorRequired: auth().secondFactor === 'required',
    shopId,
    hasPassword: accounts.some((account) => account.providerId === 'credential'),
    sessions: sessions.map(({ id, createdAt, ipAddress, userAgent }) => ({
      id,
      createdAt,
      address: ipAddress,
      device: describeDevice(userAgent),
      isCurrent: id === current?.session.id,
    })),
  }
}

export const actions: Actions = {
  changePassword: async (event) => {
    const viewer = requireMember(event)
    const { password = '', newPassword = '' } = await readForm(event.request)
    const parsed = changePasswordForm.safeParse({ password, newPassword })
    const wrong = new Set(parsed.error?.issues.map((issue) => issue.path[0]))
    const member = await describeViewer(viewer)
    const knownWords = member ? [member.email, member.userName, member.shopName] : []
    const flaw =
      (await newPasswordError(newPassword, knownWords)) ??
      (wrong.has('newPassword') ? m.sign_up_password_short() : undefined)
    if (!parsed.success || flaw) {
      const missing = wrong.has('password') ? m.account_password_missing() : undefined
      return fail(400, { errors: { password: missing, newPassword: flaw } })
    }
    const response = await changePassword(auth(), dependencies(), event, {
      userId: viewer.userId,
      ...parsed.data,
    })
    if (response.ok) return { done: m.account_password_changed() }
    const tooMuch = tooMuchError(event, response)
    if (!tooMuch && response.code !== 'INVALID_PASSWORD') error(response.status, m.error_unexpected())
    return fail(response.status, { errors: { password: tooMuch ?? m.account_password_wrong() } })
  },
  endSession: async (event) => {
    const { userId } = requireMember(event)
    const { data } = idForm.safeParse(await readForm(event.request))
    const clientAddress = event.getClientAddress()
    const ended =
      data &&
      (await forPage(endSession(dependencies().db, { userId, sessionId: data.id, clientAddress }), event.url))
    if (!ended) error(404, m.error_not_found())
    return { done: m.account_session_ended() }
  },
  renewRecoveryCodes: async (event) => {
    const account = accountOf(event, 'renew-recovery-codes')
    const again = await requireSignInAgain(event, await readForm(event.request))
    if (again) return again
    await recordAccountAccess(dependencies().db, account)
    const codes = await renewRecoveryCodes(auth(), dependencies().db, { userId: account.user.id })
    if (!codes) error(404, m.error_not_found())
    return { done: m.account_factor_renewed(), codes }
  },
  removeSecondFactor: async (event) => {
    const account = accountOf(event, 'remove-second-factor')
    const again = await requireSignInAgain(event, await readForm(event.request))
    if (again) return again
    await dependencies().db.transaction(async (tx) => {
      await recordAccountAccess(tx, account)
      await removeAuthenticatorApp(tx, { userId: account.user.id })
    })
    await requireFactorLeft(account.user.id)
    return { done: m.account_factor_removed() }
  },
  beginPasskey: (event) => {
    requireMember(event)
    return beginPasskey(event)
  },
  addPasskey: (event) => {
    requireMember(event)
    return addPasskey(event)
  },
  renamePasskey: async (event) => {
    const account = accountOf(event, 'rename-passkey')
    const { data } = passkeyNameForm.safeParse(await readForm(event.request))
    if (!data) return fail(400, { passkeyMessage: m.passkey_name_missing() })
    const { id: passkeyId, name } = data
    await recordAccountAccess(dependencies().db, account)
    const renamed = await renamePasskey(dependencies().db, { userId: account.user.id, passkeyId, name })
    if (!renamed) error(404, m.error_not_found())
    return { done: m.passkey_renamed() }
  },
  removePasskey: async (event) => {
    const account = accountOf(event, 'remove-passkey')
    const form = await readForm(event.request)
    const again = await requireSignInAgain(event, form)
    if (again) return again
    const { data } = idForm.safeParse(form)
    if (!data) error(404, m.error_not_found())
    await recordAccountAccess(dependencies().db, account)
    const { id: userId } = account.user
    if (!(await removePasskey(dependencies().db, { userId, passkeyId: data.id })))
      error(404, m.error_not_found())
    await requireFactorLeft(userId)
    return { done: m.passkey_removed() }
  },
  leaveShop: async (event) => {
    requireMember(event)
    const { data } = idForm.safeParse(await readForm(event.request))
    if (!data) error(400, m.error_unexpected())
    try {
      await event.locals.api.shops.leave({ shopId: data.id })
    } catch (cause) {
      const { status, body } = toErrorResponse(cause, event.locals.locale)
      if (status !== 409) return forPage(Promise.reject(cause), event.url)
      return fail(status, { leaveMessage: body.message })
    }
    redirect(303, '/admin/events')
  },
}
