import { isRecent } from '@eungmo/api/recent-session'
import { fail, type RequestEvent, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { callerOf } from '../api/caller.ts'
import { codeError, tooMuchError } from '../forms/account-errors.ts'
import { codeForm, signInAgainForm } from '../forms/account-forms.ts'
import type { FormTexts } from '../forms/read-form.ts'
import { dependencies } from '../process/dependencies.ts'
import { auth, configuredProviders } from './auth.ts'
import { provePassword } from './prove-password.ts'
import { proveSecondFactor } from './prove-second-factor.ts'

/** How a person may prove again who they are. */
export interface WaysToProve {
  password: boolean
  app: boolean
  /** For an account without a password. */
  providers: string[]
}

/** What a page shows in place of what it was asked to do: the form is sent again with the proof. */
export interface SignInAgain {
  ways: WaysToProve
  /** The action that was posted, and its fields. */
  action: string
  fields: [name: string, value: string][]
  message: string | undefined
}

async function sessionOf(event: RequestEvent) {
  const { headers } = event.request
  const session = await auth().api.getSession({ headers, query: { disableRefresh: true } })
  return session ?? redirect(303, `/login?next=${encodeURIComponent(event.url.pathname)}`)
}

/** Whether the session's holder has proved who they are within the last 15 minutes. */
export async function hasSignedInRecently(event: RequestEvent): Promise<boolean> {
  const { authenticatedAt } = (await sessionOf(event)).session
  return authenticatedAt != null && isRecent({ authenticatedAt })
}

export async function waysToProve(event: RequestEvent): Promise<WaysToProve> {
  const accounts = await auth().api.listUserAccounts({ headers: event.request.headers })
  const password = accounts.some(({ providerId }) => providerId === 'credential')
  const own = new Set(accounts.map(({ providerId }) => providerId))
  return {
    password,
    app: (await sessionOf(event)).user.twoFactorEnabled === true,
    providers: password ? [] : configuredProviders().filter((provider) => own.has(provider)),
  }
}

/**
 * For actions that change who has access: resolves with undefined where the holder of the session has proved who they
 * are within the last 15 minutes, or proves it by the form. Otherwise the action returns what this resolves
 * with, and the page shows SignInAgain, which posts the same form with the proof.
 */
export async function requireSignInAgain(event: RequestEvent, form: FormTexts) {
  if (await hasSignedInRecently(event)) return undefined
  const { againPassword, againCode, ...fields } = form
  const message = await messageOfProof(event, { againPassword, againCode })
  if (message === null) return undefined
  const again: SignInAgain = {
    ways: await waysToProve(event),
    action: event.url.search,
    fields: Object.entries(fields).map(([name, value = '']) => [name, value]),
    message,
  }
  return fail(403, { again })
}

/** What is wrong with the proof, or undefined where there is none; null where it is right. */
async function messageOfProof(event: RequestEvent, form: FormTexts): Promise<string | undefined | null> {
  const { againPassword } = signInAgainForm.parse(form)
  const { code } = codeForm.parse({ code: form.againCode })
  if (againPassword) {
    const { user, session } = await sessionOf(event)
    const failure = await provePassword(auth(), dependencies(), event, {
      userId: user.id,
      sessionId: session.id,
      password: againPassword,
    })
    if (failure) return tooMuchError(event, failure) ?? m.account_password_wrong()
  } else if (code) {
    const proof = { kind: 'app', code, trustDevice: false, purpose: 'prove' } as const
    const response = await proveSecondFactor(auth(), dependencies(), event, proof)
    if (!response.ok) return codeError(event, response, 'app')
  } else {
    return undefined
  }
  // The API acts for the session as it is now.
  const { viewer } = event.locals
  const now = new Date()
  if (viewer.kind === 'member' && viewer.via === 'session')
    event.locals.viewer = { ...viewer, authenticatedAt: now, lastActiveAt: now }
  event.locals.api = callerOf(event)
  return null
}
