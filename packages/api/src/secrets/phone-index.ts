import { createHmac } from 'node:crypto'
import type { SecretKey } from './key-ring.ts'

const keyed = (key: SecretKey, label: string, eventId: string, text: string) =>
  createHmac('sha256', key.derive('index')).update(`${label}\0${eventId}\0${text}`).digest()

/** Carries "one number, one entry an event" without the number: HMAC-SHA256 over event and E.164, 32 bytes. */
export const phoneIndex = (key: SecretKey, eventId: string, e164: string): Buffer =>
  keyed(key, 'phone', eventId, e164)

/** Finds participants of an event by the last four digits; 16 bytes. */
export const phoneTailIndex = (key: SecretKey, eventId: string, lastFour: string): Buffer =>
  keyed(key, 'tail', eventId, lastFour).subarray(0, 16)
