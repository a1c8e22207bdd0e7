import { changeRoleInput, handOverInput, shopName } from '@eungmo/api/shops/schema'
import { line, token, uuid } from '@eungmo/api/validation/fields'
import { z } from 'zod'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../auth/password-rules.ts'

/** As typed, in NFC: better-auth compares passwords in NFKC. */
const password = z
  .string()
  .normalize('NFC')
  .max(MAX_PASSWORD_LENGTH)
  .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value))

const email = z.email().max(200)
const memberName = line(50)

export const welcomeForm = z.object({ shopName })
export const signUpForm = z.object({
  shopName,
  name: memberName,
  email,
  password: password.min(MIN_PASSWORD_LENGTH),
  /** What only the first owner of an installation has. */
  setupCode: token(100).optional(),
})
/** What the operator's command takes. */
export const newOwnerForm = signUpForm.pick({ shopName: true, name: true, email: true })
export const joinForm = z.object({ name: memberName, password: password.min(MIN_PASSWORD_LENGTH) })
/** What cannot belong to any account is empty. */
export const signInForm = z.object({ email: token(200).catch(''), password: password.catch('') })
export const inviteForm = z.object({ email })
/** A code as typed, without what apps show between its digits; empty where it cannot be one. */
export const codeForm = z.object({
  code: line(40)
    .transform((code) => code.replace(/[\s-]/g, ''))
    .catch(''),
  trust: z.literal('on').optional().catch(undefined),
})
export const signInAgainForm = z.object({ againPassword: password.optional().catch(undefined) })
export const idForm = z.object({ id: uuid })
export const passkeyNameForm = idForm.extend({ name: line(50) })
export const changeRoleForm = idForm.extend({ role: changeRoleInput.shape.role })
export const handOverForm = idForm.extend({ afterwards: handOverInput.shape.afterwards })
export const newPasswordForm = z.object({ password: password.min(MIN_PASSWORD_LENGTH) })
export const changePasswordForm = z.object({
  password: password.min(1),
  newPassword: password.min(MIN_PASSWORD_LENGTH),
})
