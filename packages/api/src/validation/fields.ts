import { z } from 'zod'
import { parseName } from './name.ts'
import { parsePhone } from './phone.ts'

/** An instant in a response: ISO 8601 with offset, in UTC. */
export const instant = z.iso.datetime({ offset: true })

/** An instant in a request: ISO 8601 with offset (`2026-12-20T18:00:00+09:00`). */
export const instantInput = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value))
  .meta({ type: 'string', format: 'date-time' })

/**
 * In lower case, as in the database: ids are part of hashes and of the context that ciphertexts are bound to.
 */
export const uuid = z.uuid().toLowerCase()

/**
 * A text of 1 to `maxLength` characters on one line; leaves the schema trimmed and in NFC.
 * @param code the field error's code; defaults to zod's own for length, and `invalid`
 */
export const line = (maxLength: number, code?: string) =>
  z
    .string()
    .trim()
    .min(1, code)
    .max(maxLength, code)
    .refine((value) => !/[\p{Cc}\u2028\u2029]/u.test(value), code ?? 'invalid')
    .transform((value) => value.normalize('NFC'))

/**
 * A text of at most `maxLength` characters on any number of lines; leaves the schema trimmed, in NFC, with
 * `\n` line ends.
 */
export const text = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength)
    .transform((value) => value.replace(/\r\n?/g, '\n').normalize('NFC'))

/** Free text that is only compared with stored values: a slug, a code, a token, an entry path. */
export const token = (maxLength: number) => z.string().max(maxLength)

export const eventIdInput = z.object({ eventId: uuid })

/** A customer's name; leaves the schema trimmed and in NFC. */
export const personName = z
  .string('required')
  .transform((text, ctx) => {
    const parsed = parseName(text)
    if (parsed.error === undefined) return parsed.name
    ctx.addIssue({ code: 'custom', message: parsed.error })
    return z.NEVER
  })
  .meta({ description: '2 to 50 characters, counted as a reader counts them', example: '김은모' })

/** A Korean phone number in any usual spelling; leaves the schema as E.164. */
export const phoneNumber = z
  .string('required')
  .transform((text, ctx) => {
    const parsed = parsePhone(text)
    if (parsed.error === undefined) return parsed.e164
    ctx.addIssue({ code: 'custom', message: parsed.error })
    return z.NEVER
  })
  .meta({ description: 'A Korean mobile or landline number in any usual spelling', example: '010-1234-5678' })
