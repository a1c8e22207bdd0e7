import { z } from 'zod'
import { parseName } from './name.ts'
import { parsePhone } from './phone.ts'

/** An instant in a response: ISO 8601 with offset, in UTC. */
export const instant = z.iso.datetime({ offset: true })

const FIRST_INSTANT = new Date('1000-01-02T00:00:00Z')
const LAST_INSTANT = new Date('9999-12-30T23:59:59.999Z')

/** Whether an instant can be stored and shown: see `instantInput`. */
export const isInstant = (at: Date): boolean => at >= FIRST_INSTANT && at <= LAST_INSTANT

/**
 * An instant in a request: ISO 8601 with offset (`2026-12-20T18:00:00+09:00`), in the years 1000 to 9999 of
 * every time zone: PostgreSQL writes later ones with five digits, and Date does not read its first centuries.
 */
export const instantInput = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value))
  .refine(isInstant, 'date.invalid')
  .meta({ type: 'string', format: 'date-time' })

/** A day of the calendar in a request, such as `2026-12-20`, in the years of `instantInput`. */
export const dayInput = z.iso
  .date()
  .refine((day) => day >= '1000-01-02' && day <= '9999-12-30', 'date.invalid')

/**
 * In lower case, as in the database: ids are part of hashes and of the context that ciphertexts are bound to.
 */
export const uuid = z.uuid().toLowerCase()

/** Direction controls and the byte order mark: invisible, and able to show a text as another one. */
const INVISIBLE = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff'
/** Without line ends and tab. PostgreSQL stores no NUL. */
const CONTROLS = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f'
/** On one line neither. A lone CR starts a line in a calendar file. */
const LINE_ENDS_AND_TAB = '\\u0009\\u000a\\u000d\\u2028\\u2029'

const onOneLine = `^[^${CONTROLS}${LINE_ENDS_AND_TAB}${INVISIBLE}]*$`
const onManyLines = `^[^${CONTROLS}${INVISIBLE}]*$`
const compared = `^[^${CONTROLS}${LINE_ENDS_AND_TAB}]*$`

interface TextRules {
  /** What all characters have to match; without look-around, so that it is valid in OpenAPI as well. */
  pattern: string
  /** Lengths in code points. */
  min: number
  max: number
  /** The field error's code; defaults to zod's own for length, and `invalid`. */
  code?: string | undefined
}

/**
 * A well-formed text, trimmed and in NFC. What it has to fulfil also stands in the OpenAPI document, which
 * knows the text as it was sent: pattern and `max` hold before it is trimmed, `min` afterwards.
 */
function checkedText({ pattern, min, max, code }: TextRules) {
  const allowed = new RegExp(pattern, 'u')
  return z
    .string()
    .overwrite((value) => value.replace(/\r\n?/g, '\n').normalize('NFC'))
    .superRefine((value, ctx) => {
      const length = countUpTo(value, max + 1)
      const input = value
      if (countUpTo(value.trim(), min) < min)
        ctx.addIssue({
          code: 'too_small',
          origin: 'string',
          minimum: min,
          input,
          ...(code && { message: code }),
        })
      if (length > max)
        ctx.addIssue({
          code: 'too_big',
          origin: 'string',
          maximum: max,
          input,
          ...(code && { message: code }),
        })
      if (!value.isWellFormed() || !allowed.test(value))
        ctx.addIssue({ code: 'custom', message: code ?? 'invalid', input })
    })
    .overwrite((value) => value.trim())
    .meta({ minLength: min, maxLength: max, pattern })
}

/** The number of code points, counted up to `limit`. */
function countUpTo(text: string, limit: number): number {
  if (text.length < limit) return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0)
  let count = 0
  for (const _ of text) if (++count >= limit) break
  return count
}

/**
 * A text of `min` (by default 1) to `maxLength` characters on one line, without controls and direction marks;
 * leaves the schema trimmed and in NFC.
 * @param options.code the field error's code; defaults to zod's own for length, and `invalid`
 */
export const line = (maxLength: number, { min = 1, code }: { min?: number; code?: string } = {}) =>
  checkedText({ pattern: onOneLine, min, max: maxLength, code })

/**
 * A text of `min` (by default 0) to `maxLength` characters on any number of lines, without controls and
 * direction marks; leaves the schema trimmed, in NFC, with `\n` line ends.
 */
export const text = (maxLength: number, { min = 0 }: { min?: number } = {}) =>
  checkedText({ pattern: onManyLines, min, max: maxLength })

/**
 * Free text that is only compared with stored values: a slug, a code, a token, an entry path, a search. Without
 * controls; leaves the schema trimmed and in NFC, as the stored values are.
 */
export const token = (maxLength: number) => checkedText({ pattern: compared, min: 0, max: maxLength })

/** A text of a fixed form, which `regex` describes from `^` to `$`. `code` is the field error's code. */
export const formatted = (regex: RegExp, code?: string) => z.string().regex(regex, code)

/** Lower-case hexadecimal digits: a hash, a salt, a signature. */
export const hex = (digits: number) => formatted(new RegExp(`^[0-9a-f]{${digits}}$`))

/** For queries, whose unknown parameters are ignored. */
export const eventIdInput = z.object({ eventId: uuid })

/** For mutations: a request body with an unknown key is rejected. */
export const eventIdBody = z.strictObject({ eventId: uuid })

/** A customer's name; leaves the schema trimmed and in NFC. */
export const personName = z
  .string('required')
  .transform((text, ctx) => {
    const parsed = parseName(text)
    if (parsed.error === undefined) return parsed.name
    ctx.addIssue({ code: 'custom', message: parsed.error })
    return z.NEVER
  })
  .meta({
    description: '2 to 50 characters, counted as a reader counts them',
    example: '김은모',
    minLength: 2,
    maxLength: 500,
  })

/** A Korean phone number in any usual spelling; leaves the schema as E.164. */
export const phoneNumber = z
  .string('required')
  .transform((text, ctx) => {
    const parsed = parsePhone(text)
    if (parsed.error === undefined) return parsed.e164
    ctx.addIssue({ code: 'custom', message: parsed.error })
    return z.NEVER
  })
  .meta({
    description: 'A Korean mobile or landline number in any usual spelling',
    example: '010-1234-5678',
    minLength: 9,
    maxLength: 40,
  })
