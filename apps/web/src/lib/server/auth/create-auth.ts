import { getCurrentAdapter } from '@better-auth/core/context'
import type { AuthSecret } from '@eungmo/api/crypto/auth-secrets'
import { shopName } from '@eungmo/api/shops/schema'
import { authDatabase, authModels } from '@eungmo/db/connection/auth-adapter'
import type { Database } from '@eungmo/db/connection/client'
import { deleteVerificationsOf } from '@eungmo/db/queries/verifications'
import type { Logger } from '@eungmo/messaging/logging/logger'
import { betterAuth } from 'better-auth'
import { organization, twoFactor } from 'better-auth/plugins'
import type { AuthMail } from '../mail/auth-mail.ts'
import { addressOf, memberAccessHooks, recordAccountAccess, sessionAccessHooks } from './access-hooks.ts'
import { captureCause } from './auth-cause.ts'
import { CLIENT_ADDRESS_HEADER } from './client-address-header.ts'
import { passkeys, UNUSED_PASSKEY_PATHS } from './passkey-plugin.ts'
import { passwordHash } from './password-hash.ts'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './password-rules.ts'
import { providerAccessLog } from './provider-access-log.ts'
import { shopAccess, shopRoles } from './roles.ts'
import { type SignUpRules, signUpRules } from './sign-up-rules.ts'

/** A sign-in provider, from the environment. */
export interface SocialProvider {
  clientId: string
  clientSecret: string
}

export interface AuthOptions {
  db: Database
  /** Newest first. The newest signs cookies and encrypts second factors, which the others decrypt. */
  secrets: readonly [AuthSecret, ...AuthSecret[]]
  /** Where browsers reach us; https makes the cookies Secure. */
  publicUrl: string
  rateLimit: boolean
  signUp: SignUpRules
  /** Whether an account without a second factor has to set one up before it sees anything. */
  secondFactor: 'required' | 'optional'
  /** Sends links by e-mail; without it neither passwords are reset nor invitations sent that way. */
  mail?: AuthMail | undefined
  providers: Partial<Record<'kakao' | 'naver' | 'google', SocialProvider>>
  log: Pick<Logger, 'warn' | 'error'>
}

const DAY_S = 60 * 60 * 24
/** From the sign-in on, however much the session is used (resolve-viewer.ts). */
export const SESSION_LIFETIME_S = 30 * DAY_S
const TRUSTED_DEVICE_LIFETIME_S = 30 * DAY_S

/** Only our own code sets it. */
const internalField = { input: false, required: false } as const
/** How long the link of a password reset is valid. */
export const RESET_LIFETIME_S = 30 * 60

/**
 * Owners' sign-in: users and shops in our tables, sessions in a signed cookie. A shop is better-auth's
 * organization.
 */
export function createAuth(options: AuthOptions) {
  const { db, secrets, publicUrl, rateLimit, signUp, mail, providers, log } = options
  const instance = betterAuth({
    appName: 'Eungmo',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: secrets[0].value,
    secrets: [...secrets],
    database: authDatabase(db),
    trustedOrigins: [new URL(publicUrl).origin],
    telemetry: { enabled: false },
    // Roles change under a lock of the shop's members (packages/api/src/shops/change-roles.ts).
    disabledPaths: [
      ...['remove-member', 'update-member-role', 'leave'].map((path) => `/organization/${path}`),
      ...UNUSED_PASSKEY_PATHS,
    ],
    // Without it the router prints a failed statement with its values, e-mail addresses among them.
    onAPIError: { throw: true, errorURL: '/login' },
    emailAndPassword: {
      enabled: true,
      // An address that has an account gets the same response as a new one, so neither may be signed in.
      autoSignIn: false,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
      password: passwordHash,
      ...(mail && { sendResetPassword: async ({ user, token }) => mail.reset(user, token) }),
      resetPasswordTokenExpiresIn: RESET_LIFETIME_S,
      revokeSessionsOnPasswordReset: true,
      async onPasswordReset({ user }, request) {
        await recordAccountAccess(db, { user, action: 'reset-password', clientAddress: addressOf(request) })
        await deleteVerificationsOf(db, { userId: user.id })
        mail?.passwordChanged(user)
      },
    },
    socialProviders: providers,
    user: {
      modelName: authModels.user,
      // Of the notice that the form showed, which the page checks (owner-notice.ts).
      additionalFields: { noticeVersion: { type: 'number', required: false, returned: false } },
    },
    account: {
      modelName: authModels.account,
      encryptOAuthTokens: true,
      // The same e-mail address at another provider proves nothing about an account.
      accountLinking: { disableImplicitLinking: true },
    },
    session: {
      modelName: authModels.session,
      expiresIn: SESSION_LIFETIME_S,
      updateAge: DAY_S,
      // What needs a recent sign-in is decided by requireSignInAgain.
      freshAge: 0,
      additionalFields: {
        secondFactor: { type: 'boolean', defaultValue: false, ...internalField },
        authenticatedAt: { type: 'date', defaultValue: () => new Date(), ...internalField },
        lastActiveAt: { type: 'date', defaultValue: () => new Date(), ...internalField },
      },
    },
    verification: { modelName: authModels.verification, storeIdentifier: 'hashed' },
    rateLimit: {
      enabled: rateLimit,
      storage: 'database',
      modelName: authModels.rateLimit,
      window: 60,
      max: 60,
      customRules: {
        '/sign-in/email': { window: 60, max: 10 },
        '/sign-up/email': { window: 600, max: 10 },
        '/change-password': { window: 60, max: 10 },
        '/two-factor/*': { window: 60, max: 10 },
        '/passkey/*': { window: 60, max: 20 },
        '/request-password-reset': { window: 600, max: 10 },
        '/reset-password': { window: 60, max: 10 },
      },
    },
    advanced: {
      cookiePrefix: 'eungmo',
      useSecureCookies: publicUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      database: { generateId: () => Bun.randomUUIDv7() },
    },
    plugins: [
      signUpRules(signUp),
      providerAccessLog(db),
      twoFactor({
        trustDeviceMaxAge: TRUSTED_DEVICE_LIFETIME_S,
        // Attempt budgets limit guesses (second-factor.ts).
        accountLockout: { enabled: false },
        schema: { twoFactor: { modelName: authModels.twoFactor } },
      }),
      passkeys(db, publicUrl),
      organization({
        ac: shopAccess,
        roles: shopRoles,
        creatorRole: 'owner',
        organizationLimit: 20,
        // Where strangers may not sign up, the operator opens shops (`bun run owner:create`).
        allowUserToCreateOrganization: signUp.mode === 'open',
        disableOrganizationDeletion: true,
        invitationExpiresIn: 7 * DAY_S,
        requireEmailVerificationOnInvitation: false,
        schema: authModels.organizationPlugin,
        ...(mail && {
          sendInvitationEmail: async ({ id, email, organization: shop, inviter }) =>
            mail.invite({ id, email, shopName: shop.name, inviter: inviter.user.name }),
        }),
        organizationHooks: memberAccessHooks(db),
      }),
    ],
    databaseHooks: {
      session: sessionAccessHooks(db),
      account: {
        create: {
          // Runs in the transaction that also stores the user, so that sign-up leaves a user with a shop, or
          // nothing.
          before: async ({ userId }, context) => {
            const named = shopName.safeParse(context?.body?.shopName)
            if (context?.path !== '/sign-up/email' || !named.success) return
            const store = await getCurrentAdapter(context.context.adapter)
            const now = new Date()
            const shop = await store.create<{ id: string }>({
              model: 'organization',
              data: { name: named.data, slug: `shop-${Bun.randomUUIDv7()}`, createdAt: now },
            })
            await store.create({
              model: 'member',
              data: { organizationId: shop.id, userId, role: 'owner', createdAt: now },
            })
          },
        },
      },
    },
    logger: {
      level: 'warn',
      log: (level, message, ...more: unknown[]) => {
        const err = more.find((each) => each instanceof Error)
        if (level === 'error' && err && captureCause(err)) return
        log[level === 'error' ? 'error' : 'warn']({ part: 'auth', ...(err && { err }) }, message)
      },
    },
  })
  return Object.assign(instance, { secondFactor: options.secondFactor, mail })
}

export type Auth = ReturnType<typeof createAuth>
