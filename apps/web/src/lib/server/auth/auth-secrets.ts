import type { KeyRing, SecretKey } from '@eungmo/api/crypto/key-ring'
import type { AuthSecret } from './create-auth.ts'

/** The number by which better-auth's stored texts name a key: the first 4 bytes of its check value. */
const toSecret = (key: SecretKey): AuthSecret => ({
  version: key.checkValue().readUInt32BE(),
  value: key.derive('auth').toString('base64'),
})

/** better-auth's secrets, newest first: what an older key of SECRET_KEYS encrypted can still be read. */
export const authSecrets = ({ newest, all }: KeyRing): [AuthSecret, ...AuthSecret[]] => [
  toSecret(newest),
  ...all.slice(1).map(toSecret),
]
