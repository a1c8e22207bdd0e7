import type { Database } from '@eungmo/db/connection/client'
import { replaceRecoveryCodes } from '@eungmo/db/queries/second-factors'
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { z } from 'zod'
import type { Auth } from './create-auth.ts'
import { randomReadableCode, toReadableCode } from './readable-code.ts'

const CODE_COUNT = 10
/** 59 bits. */
const LETTERS_PER_CODE = 12

const storedCodes = z.array(z.string())

/** Ten recovery codes, and the text that better-auth reads them from. */
export async function createRecoveryCodes(auth: Auth): Promise<{ codes: string[]; backupCodes: string }> {
  const codes = Array.from({ length: CODE_COUNT }, () => randomReadableCode(LETTERS_PER_CODE))
  const { secretConfig: key } = await auth.$context
  return { codes, backupCodes: await symmetricEncrypt({ key, data: JSON.stringify(codes) }) }
}

/** Replaces an account's recovery codes. Returns the new ones; undefined where the account has none to replace. */
export async function renewRecoveryCodes(
  auth: Auth,
  db: Database,
  { userId }: { userId: string },
): Promise<string[] | undefined> {
  const { codes, backupCodes } = await createRecoveryCodes(auth)
  return (await replaceRecoveryCodes(db, { userId, backupCodes })) ? codes : undefined
}

/** How many of the codes have not been used. */
export async function countRecoveryCodes(auth: Auth, backupCodes: string): Promise<number> {
  const { secretConfig: key } = await auth.$context
  return storedCodes.parse(JSON.parse(await symmetricDecrypt({ key, data: backupCodes }))).length
}

/** A recovery code as it was shown, however it was typed. */
export const readRecoveryCode = (typed: string): string => toReadableCode(typed)
