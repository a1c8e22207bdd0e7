import { z } from 'zod'
import { readName } from './name.ts'
import { toE164 } from './phone.ts'

/** An instant in an answer or a request: ISO 8601 with offset. */
export const instant = z.iso.datetime({ offset: true })

/** In lower case, as the database gives it: ids are part of hashes and of what ciphertexts are bound to. */
export const uuid = z.uuid().toLowerCase()

/** A customer's name; leaves the schema trimmed and in NFC. */
export const personName = z
  .string('required')
  .transform((text, ctx) => {
    const read = readName(text)
    if (read.fault === undefined) return read.name
    ctx.addIssue({ code: 'custom', message: read.fault })
    return z.NEVER
  })
  .meta({ description: '2 to 50 characters as a person counts them', example: '김은모' })

/** A Korean phone number in any usual spelling; leaves the schema as E.164. */
export const phoneNumber = z
  .string('required')
  .transform((text, ctx) => {
    const e164 = toE164(text)
    if (e164 !== null) return e164
    ctx.addIssue({ code: 'custom', message: 'phone.invalid' })
    return z.NEVER
  })
  .meta({ description: 'A Korean mobile or landline number in any usual spelling', example: '010-1234-5678' })

/** An entry path as the event gives it: 1 to 30 characters on one line. */
export const entryPath = z
  .string()
  .trim()
  .min(1, 'channel.name')
  .max(30, 'channel.name')
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'channel.name')
