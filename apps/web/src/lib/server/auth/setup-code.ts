import { createHmac, timingSafeEqual } from 'node:crypto'
import type { KeyRing } from '@eungmo/api/crypto/key-ring'
import { CODE_ALPHABET, CODE_LENGTH, readableCode } from './readable-code.ts'

/**
 * The code with which the first owner of an installation signs up where strangers may not. It follows from
 * SECRET_KEYS, so that every process prints and accepts the same one and none is stored. It is worthless as
 * soon as there is an owner (sign-up-rules.ts).
 */
export function setupCode(secrets: Pick<KeyRing, 'newest'>): string {
  const bytes = createHmac('sha256', secrets.newest.derive('setup')).update('first owner').digest()
  return readableCode((i) => (bytes[i] ?? 0) % CODE_ALPHABET.length)
}

const lettersOf = (code: string) => Buffer.from(code.toLowerCase().replace(/[^a-z0-9]/g, ''))

/** Whether somebody typed the code, with or without its hyphens. */
export function isSetupCode(typed: string, code: string): boolean {
  const [a, b] = [lettersOf(typed), lettersOf(code)]
  return b.length === CODE_LENGTH && a.length === b.length && timingSafeEqual(a, b)
}
