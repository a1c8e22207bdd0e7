import { createHmac, hash } from 'node:crypto'
import { entryId, personHash } from '@eungmo/draw/list'
import { nativePrimitives } from '../../src/crypto/native-primitives.ts'
import type { StolenValue } from './stolen-dump.ts'

/** What an attacker knows of an entry beside the stolen bytes: it is public, printed, or in clear in the row. */
export interface KnownEntry {
  eventId: string
  applicationNumber: string
  entryId: string
}

const WINDOW_BYTES = 16
/** No text above this length is a salt or a key as a whole; what is encoded in it may be. */
const LONGEST_KEY = 64

/** The bytes that a value stands for: itself, or those of the hex, base64 or UUID texts in it. */
function bytesOf(value: string | Uint8Array): Uint8Array[] {
  if (typeof value !== 'string') return [value]
  const encoded = [...value.matchAll(/[\w+/-]{16,}/g)].flatMap(([text]) => {
    const hex = text.replaceAll('-', '')
    return [
      Buffer.from(text, 'base64url'),
      ...(/^([0-9a-f]{2})+$/i.test(hex) ? [Buffer.from(hex, 'hex')] : []),
    ]
  })
  return value.length > LONGEST_KEY ? encoded : [Buffer.from(value), ...encoded]
}

/** Every run of 16 bytes in the values, each once. */
function windowsOf(stolen: readonly StolenValue[]): Buffer[] {
  const windows = new Map<string, Buffer>()
  for (const { value } of stolen)
    for (const bytes of bytesOf(value))
      for (let at = 0; at + WINDOW_BYTES <= bytes.length; at++) {
        const window = Buffer.from(bytes.subarray(at, at + WINDOW_BYTES))
        windows.set(window.toString('latin1'), window)
      }
  return [...windows.values()]
}

/**
 * The numbers among `candidates` that the stolen values confirm for an entry: tries every run of 16 bytes as the
 * entry's salt and as a key of each known index, and every unkeyed hash.
 */
export function guessNumbers(
  stolen: readonly StolenValue[],
  known: KnownEntry,
  candidates: readonly string[],
): string[] {
  const windows = windowsOf(stolen)
  const stored = new Set(windows.map((window) => window.toString('latin1')))
  const isStored = (digest: Buffer) => stored.has(digest.subarray(0, WINDOW_BYTES).toString('latin1'))
  const { eventId, applicationNumber } = known
  return candidates.filter((phone) => {
    const texts = [phone, `0${phone.slice(3)}`, `phone\0${eventId}\0${phone}`, `${eventId}\0${phone}`]
    if (texts.some((text) => isStored(hash('sha256', text, 'buffer')))) return true
    return windows.some((window) => {
      const person = personHash(window, phone, nativePrimitives)
      return (
        entryId(eventId, applicationNumber, person, nativePrimitives) === known.entryId ||
        isStored(Buffer.from(person)) ||
        isStored(createHmac('sha256', window).update(`phone\0${eventId}\0${phone}`).digest())
      )
    })
  })
}
