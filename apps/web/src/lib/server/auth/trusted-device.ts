import type { GenericEndpointContext } from '@better-auth/core'
import type { twoFactor } from 'better-auth/plugins'

type TwoFactorPlugin = Pick<ReturnType<typeof twoFactor>, 'shouldRequireTwoFactor'>

/**
 * Whether the browser that signs in with a password is one where the account's second factor was proved in the
 * last 30 days, with the wish not to be asked again. better-auth decides the same after it has begun the session.
 */
export async function isTrustedDevice(context: GenericEndpointContext, userId: string): Promise<boolean> {
  if (context.path !== '/sign-in/email') return false
  const { internalAdapter, getPlugin } = context.context
  const user = await internalAdapter.findUserById(userId)
  const plugin: TwoFactorPlugin | null = getPlugin('two-factor')
  if (!user || !('twoFactorEnabled' in user && user.twoFactorEnabled) || !plugin) return false
  const newSession = { user, session: context.context.newSession?.session }
  const signedIn = { ...context, context: { ...context.context, newSession } }
  return !(await plugin.shouldRequireTwoFactor(signedIn as GenericEndpointContext))
}
