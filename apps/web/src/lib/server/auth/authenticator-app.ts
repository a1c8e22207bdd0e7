import { createOTP } from '@better-auth/utils/otp'
import type { Database } from '@eungmo/db/connection/client'
import { findAuthenticatorApp, storeUnconfirmedApp } from '@eungmo/db/queries/second-factors'
import { generateRandomString, symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import type { Auth } from './create-auth.ts'
import { countRecoveryCodes, createRecoveryCodes } from './recovery-codes.ts'

/** What authenticator apps show the account under. */
const ISSUER = 'Eungmo'
const DIGITS = 6
const PERIOD_S = 30
/** Of better-auth's alphabet: 190 bits; RFC 4226 asks for 160. */
const SECRET_LENGTH = 32

/**
 * Creates the secret of an authenticator app, which counts once a code of it was entered. Replaces an unconfirmed
 * one; returns false where the account has a confirmed app.
 */
export async function beginAuthenticatorApp(
  auth: Auth,
  db: Database,
  { userId }: { userId: string },
): Promise<boolean> {
  const { secretConfig: key } = await auth.$context
  const secret = await symmetricEncrypt({ key, data: generateRandomString(SECRET_LENGTH) })
  const { backupCodes } = await createRecoveryCodes(auth)
  return storeUnconfirmedApp(db, { userId, secret, backupCodes })
}

export type AuthenticatorApp =
  | { state: 'none' }
  /** `uri` is for a QR code, `secret` to type by hand. */
  | { state: 'unconfirmed'; uri: string; secret: string }
  | { state: 'confirmed'; codesLeft: number }

/** The authenticator app of an account; its secret only until it is confirmed. */
export async function readAuthenticatorApp(
  auth: Auth,
  db: Database,
  { userId }: { userId: string },
): Promise<AuthenticatorApp> {
  const app = await findAuthenticatorApp(db, { userId })
  if (!app) return { state: 'none' }
  if (app.verified) return { state: 'confirmed', codesLeft: await countRecoveryCodes(auth, app.backupCodes) }
  const { secretConfig: key } = await auth.$context
  const otp = createOTP(await symmetricDecrypt({ key, data: app.secret }), {
    digits: DIGITS,
    period: PERIOD_S,
  })
  const uri = otp.url(ISSUER, app.email)
  return { state: 'unconfirmed', uri, secret: new URL(uri).searchParams.get('secret') ?? '' }
}
