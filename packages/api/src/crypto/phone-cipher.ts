import { openEnvelope, sealEnvelope } from './envelope.ts'
import type { KeyRing } from './key-ring.ts'

/** Whose number it is: the ciphertext can be decrypted only with this participant. */
export interface PhoneOwner {
  eventId: string
  participantId: string
}

const context = ({ eventId, participantId }: PhoneOwner) => `${eventId}/${participantId}`

/** Encrypts an E.164 number for the row of its participant. */
export const encryptPhone = (keys: KeyRing, owner: PhoneOwner, e164: string): Uint8Array =>
  sealEnvelope(keys, 'phone', context(owner), Buffer.from(e164, 'latin1'))

/**
 * The E.164 number of a participant's row.
 * @throws {Error} when the ciphertext belongs to another row
 */
export const decryptPhone = (keys: KeyRing, owner: PhoneOwner, ciphertext: Uint8Array): string =>
  Buffer.from(openEnvelope(keys, 'phone', context(owner), ciphertext)).toString('latin1')
