import { formatted } from '@eungmo/api/validation/fields'
import { z } from 'zod'

const MAX_RESPONSE_LENGTH = 20_000
/** WebAuthn limits the id of a credential to 1023 bytes. */
const MAX_CREDENTIAL_ID_LENGTH = 1_364

const base64url = formatted(/^[\w-]*$/)
const credentialId = base64url.min(1).max(MAX_CREDENTIAL_ID_LENGTH)
const transport = formatted(/^[a-z-]{1,20}$/)

const credential = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
})

/** What a device returns for a new passkey, as WebAuthn's RegistrationResponseJSON. */
export const registrationResponse = credential.extend({
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(transport).max(10).optional(),
  }),
})

/** What a device returns for a sign-in, as WebAuthn's AuthenticationResponseJSON. */
export const authenticationResponse = credential.extend({
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
})

/** A device's response in a field of a form; undefined where it cannot be one. */
export function readResponse<T>(schema: z.ZodType<T>, text = ''): T | undefined {
  if (text.length > MAX_RESPONSE_LENGTH) return undefined
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** What better-auth returns for a browser that signs in, as WebAuthn's PublicKeyCredentialRequestOptionsJSON. */
export const authenticationOptions = z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.number(),
  allowCredentials: z
    .array(
      z.object({
        id: z.string(),
        type: z.literal('public-key'),
        transports: z
          .array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']))
          .optional(),
      }),
    )
    .optional(),
})
