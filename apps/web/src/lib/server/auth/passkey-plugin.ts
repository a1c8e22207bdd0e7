import { getAuthenticatorName, passkey } from '@better-auth/passkey'
import { authModels } from '@eungmo/db/connection/auth-adapter'
import type { Database } from '@eungmo/db/connection/client'
import { APIError } from 'better-auth/api'
import { addressOf, recordAccountAccess } from './access-hooks.ts'

/** Passkeys are listed, renamed and removed by packages/db/src/queries/passkeys.ts. */
export const UNUSED_PASSKEY_PATHS = ['list-user-passkeys', 'update-passkey', 'delete-passkey'].map(
  (path) => `/passkey/${path}`,
)

/** The `code` of a response to a device that has checked neither PIN nor fingerprint. */
export const USER_NOT_VERIFIED = 'USER_NOT_VERIFIED'

/** A passkey counts as two factors only where the device has checked that the person is its owner. */
function requireUserVerification(isVerified: boolean | undefined): void {
  if (!isVerified) throw new APIError('UNAUTHORIZED', { code: USER_NOT_VERIFIED })
}

/** better-auth's plugin for passkeys (WebAuthn), which are bound to the host of `publicUrl`. */
export const passkeys = (db: Database, publicUrl: string) =>
  passkey({
    rpID: new URL(publicUrl).hostname,
    rpName: 'Eungmo',
    origin: new URL(publicUrl).origin,
    // Signing in names no account, so that the device has to store which one it is.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    schema: { passkey: { modelName: authModels.passkey } },
    registration: {
      async afterVerification({ ctx, user, verification: { registrationInfo } }) {
        requireUserVerification(registrationInfo?.userVerified)
        const clientAddress = addressOf(ctx)
        await recordAccountAccess(db, { user: { id: user.id }, action: 'add-passkey', clientAddress })
        const name = getAuthenticatorName(registrationInfo?.aaguid)
        return name === undefined ? undefined : { name }
      },
    },
    authentication: {
      afterVerification({ verification }) {
        requireUserVerification(verification.authenticationInfo.userVerified)
        return Promise.resolve()
      },
    },
  })
