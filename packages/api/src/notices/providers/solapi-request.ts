import { z } from 'zod'
import { NotAccepted } from '../notifier.ts'
import { solapiAuthorization } from './solapi-signature.ts'

/** A request that takes longer may have been accepted. */
const REQUEST_TIMEOUT_MS = 10_000

export interface SolapiAccount {
  /** Without a trailing slash. */
  url: string
  apiKey: string
  apiSecret: string
}

const TOO_MANY_REQUESTS = 429
const UNAVAILABLE = 503
const PAYMENT_REQUIRED = 402
const FIRST_SERVER_ERROR = 500

const errorBody = z.object({ errorCode: z.string() })

/** solapi rejected the request as such: its contents, or the key. */
export class SolapiError extends Error {
  override readonly name = 'SolapiError'

  readonly status: number

  constructor(status: number, errorCode: string) {
    super(`solapi responded with ${status} ${errorCode}`)
    this.status = status
  }
}

/** The codes with which Bun and Node say that no connection was opened: nothing has left. */
const UNOPENED = new Set([
  'ConnectionRefused',
  'FailedToOpenSocket',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}

function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined
}

/**
 * One request to solapi's API, never repeated here: a repeated one could send twice. Throws NotAccepted where it
 * was certainly not processed (no connection, 402, 403, 429, 503), SolapiError for another rejection, and any other
 * error where nobody knows.
 */
export async function requestSolapi(
  account: SolapiAccount,
  path: string,
  { body, signal }: { body?: unknown; signal?: AbortSignal | undefined } = {},
): Promise<unknown> {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
  let response: Response
  try {
    response = await fetch(`${account.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: solapiAuthorization(account),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
  } catch (error) {
    if (UNOPENED.has(codeOf(error) ?? '')) throw new NotAccepted('unreachable', { cause: error })
    throw error
  }
  if (response.ok) return response.json()
  throw await rejection(response)
}

async function rejection(response: Response): Promise<Error> {
  const { status } = response
  const text = await response.text()
  if (status === TOO_MANY_REQUESTS || status === UNAVAILABLE)
    return new NotAccepted('unreachable', { retryAfterMs: retryAfterMs(response) })
  const error = new SolapiError(status, errorCodeOf(text))
  if (status === 401 || status === 403 || status === PAYMENT_REQUIRED)
    return new NotAccepted('settings', { cause: error })
  // After a server error nobody knows how far it came.
  return error
}

/** Whether solapi rejected a whole request for what it contains. */
export const isRejected = (error: unknown): error is SolapiError =>
  error instanceof SolapiError && error.status < FIRST_SERVER_ERROR

function errorCodeOf(text: string): string {
  try {
    return errorBody.parse(JSON.parse(text)).errorCode
  } catch {
    return 'without an error code'
  }
}
