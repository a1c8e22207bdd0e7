import type { KeyRing, SecretKey } from './key-ring.ts'

/** One of better-auth's secrets. */
export interface AuthSecret {
  /** By which stored texts name it. */
  version: number
  value: string
}

/** The number by which better-auth's stored texts name a key: the first 4 bytes of its check value. */
export const authVersion = (checkValue: Uint8Array): number =>
  Buffer.from(checkValue.buffer, checkValue.byteOffset, checkValue.byteLength).readUInt32BE()

const toSecret = (key: SecretKey): AuthSecret => ({
  version: authVersion(key.checkValue()),
  value: key.derive('auth').toString('base64'),
})

/** better-auth's secrets, newest first: what an older key of SECRET_KEYS encrypted can still be read. */
export const authSecrets = ({ newest, all }: KeyRing): [AuthSecret, ...AuthSecret[]] => [
  toSecret(newest),
  ...all.slice(1).map(toSecret),
]
