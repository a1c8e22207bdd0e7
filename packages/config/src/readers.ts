import { z } from 'zod'

/** The schema of one environment variable. */
export type Variable<T> = z.ZodType<T, string | undefined>

/** Reads the text of a variable that is set; throws an Error whose message completes "NAME …". */
export type Read<T> = (text: string) => T

function variable<T>(whenUnset: (context: z.RefinementCtx) => T, read: Read<T>): Variable<T> {
  return z
    .string()
    .optional()
    .transform((text, context): T => {
      // An empty variable counts as unset: compose.yaml and .env files pass on what is not set as empty.
      if (!text) return whenUnset(context)
      try {
        return read(text)
      } catch (error) {
        return reject(context, error instanceof Error ? error.message : String(error))
      }
    })
}

function reject(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message })
  return z.NEVER
}

export const required = <T>(read: Read<T>): Variable<T> =>
  variable((context) => reject(context, 'is missing.'), read)

export const withDefault = <T>(fallback: T, read: Read<T>): Variable<T> => variable(() => fallback, read)

export const optional = <T>(read: Read<T>): Variable<T | undefined> =>
  variable<T | undefined>(() => undefined, read)

export const anyText: Read<string> = (text) => text

export function oneOf<T extends string>(...choices: readonly T[]): Read<T> {
  return (text) => {
    const choice = choices.find((each) => each === text)
    if (choice === undefined) throw new Error(`must be ${choices.join(' or ')}, not "${text}".`)
    return choice
  }
}

export function wholeNumber(min: number, max: number): Read<number> {
  return (text) => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new Error(`must be a whole number from ${min} to ${max}, not "${text}".`)
    }
    return value
  }
}

/** Comma-separated; spaces around an entry and empty entries are dropped. */
export function listOf<T>(read: Read<T>): Read<readonly T[]> {
  return (text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '')
      .map(read)
}

/** An http or https address, without its trailing slashes. */
export const webAddress: Read<string> = (text) => {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new Error(`must be an address like https://example.com, not "${text}".`)
  }
  return text.replace(/\/+$/, '')
}

/** Never quoted in a message: it holds a password. */
export const postgresAddress: Read<string> = (text) => {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) {
    throw new Error('must be an address like postgres://user:password@host/database.')
  }
  return text
}

export const hostAndPort: Read<string> = (text) => {
  if (!/^[^\s:/]+:\d+$/.test(text)) {
    throw new Error(`must be a list like host:9092,host:9092, not "${text}".`)
  }
  return text
}
