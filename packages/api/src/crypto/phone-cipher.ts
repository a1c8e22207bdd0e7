import { open, seal } from './envelope.ts'
import type { KeyRing } from './key-ring.ts'

/** Whose number it is: the ciphertext opens only beside this participant. */
export interface PhoneOwner {
  eventId: string
  participantId: string
}

const context = ({ eventId, participantId }: PhoneOwner) => `${eventId}/${participantId}`

/** Encrypts an E.164 number for the row of its participant. */
export const encryptPhone = (keys: KeyRing, owner: PhoneOwner, e164: string): Uint8Array =>
  seal(keys, 'phone', context(owner), Buffer.from(e164, 'latin1'))

/** The E.164 number of a participant's row; throws when the ciphertext is not that row's. */
export const decryptPhone = (keys: KeyRing, owner: PhoneOwner, ciphertext: Uint8Array): string =>
  Buffer.from(open(keys, 'phone', context(owner), ciphertext)).toString('latin1')
