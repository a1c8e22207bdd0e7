import { isIP } from 'node:net'
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

/** The origin of a web address: pages, the API and QR codes lie at its root, so it has no path. */
export const webOrigin: Read<string> = (text) => {
  const url = new URL(webAddress(text))
  if (url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new Error(`must be an origin without a path, like ${url.origin}, not "${text}".`)
  }
  return url.origin
}

/** What postgres.js understands; it would send any other parameter to the server as a setting. */
const POSTGRES_PARAMETERS = [
  'application_name',
  'connect_timeout',
  'options',
  'ssl',
  'sslmode',
  'sslnegotiation',
  'target_session_attrs',
]

/** Never quoted in a message: it holds a password. */
export const postgresAddress: Read<string> = (text) => {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) {
    throw new Error('must be an address like postgres://user:password@host/database.')
  }
  const unknown = [...new URL(text).searchParams.keys()].find((name) => !POSTGRES_PARAMETERS.includes(name))
  if (unknown !== undefined) {
    throw new Error(
      `has the unknown parameter "${unknown}": remove it. Known: ${POSTGRES_PARAMETERS.join(', ')}.`,
    )
  }
  return text
}

const PRIVATE_NETWORKS = '127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16'

/**
 * `none`, or addresses of proxies with their prefix lengths (CIDR); an address alone stands for itself. Before
 * that it was a number, which says nothing about who may write X-Forwarded-For.
 */
export const proxyNetworks: Read<readonly string[]> = (text) => {
  if (text === 'none') return []
  if (/^\d+$/.test(text)) {
    throw new Error(
      `lists the networks of your proxies, it no longer counts them. Write: TRUSTED_PROXIES=${text === '0' ? 'none' : PRIVATE_NETWORKS}`,
    )
  }
  return listOf(proxyNetwork)(text)
}

function proxyNetwork(text: string): string {
  const [address = '', prefix, ...rest] = text.split('/')
  const family = isIP(address)
  const longest = family === 6 ? 128 : 32
  const valid =
    family !== 0 && rest.length === 0 && /^\d+$/.test(prefix ?? '0') && Number(prefix ?? 0) <= longest
  if (!valid) throw new Error(`must be none or a list like ${PRIVATE_NETWORKS}, not "${text}".`)
  return `${address}/${prefix ?? longest}`
}

export const hostAndPort: Read<string> = (text) => {
  if (!/^[^\s:/]+:\d+$/.test(text)) {
    throw new Error(`must be a list like host:9092,host:9092, not "${text}".`)
  }
  return text
}

/** Never quoted in a message: it holds a password. */
export const smtpAddress: Read<string> = (text) => {
  if (!/^smtps?:\/\//.test(text) || !URL.canParse(text) || !new URL(text).hostname) {
    throw new Error('must be an address like smtp://user:password@host:587 or smtps://user:password@host.')
  }
  const { pathname, search } = new URL(text)
  if (/[^/]/.test(pathname) || !['', '?tls=off'].includes(search)) {
    throw new Error('may end with ?tls=off, and with nothing else after the port.')
  }
  return text
}

/** An e-mail address, alone or as `Name <address>`. */
export const sender: Read<string> = (text) => {
  const [, address = text] = /^[^<>]*<([^<>]*)>$/.exec(text) ?? []
  if (!/^[^\s@<>",]+@[^\s@<>",]+$/.test(address) || /\p{Cc}/u.test(text)) {
    throw new Error(`must be an e-mail address, or Name <address>, not "${text}".`)
  }
  return text
}

/** A Korean phone number as a provider wants it: digits, with hyphens at most. */
export const phoneDigits: Read<string> = (text) => {
  const digits = text.replaceAll('-', '')
  if (!/^\d{8,11}$/.test(digits)) throw new Error(`must be a phone number like 02-123-4567, not "${text}".`)
  return digits
}

const TEMPLATE_KINDS = ['won', 'two-days-left', 'claim-received', 'application-number'] as const

/** An approved Alimtalk template of a kind of notice. */
export interface NoticeTemplate {
  kind: (typeof TEMPLATE_KINDS)[number]
  id: string
}

export const noticeTemplate: Read<NoticeTemplate> = (text) => {
  const [name, id, ...rest] = text.split('=')
  const kind = TEMPLATE_KINDS.find((each) => each === name)
  if (!kind || !id || rest.length > 0)
    throw new Error(
      `must be a list like won=KA01TP…, with the kinds ${TEMPLATE_KINDS.join(', ')}, not "${text}".`,
    )
  return { kind, id }
}
