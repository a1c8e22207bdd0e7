import { TRPCClientError } from '@trpc/client'
import { z } from 'zod/mini'

/** Why a call to the API failed, in the reader's language. */
export interface ApiError {
  message: string
  /** One of the API's error codes, such as `ALREADY_DRAWN`; empty where no response came. */
  code: string
  /** A message per field name. */
  fields: Record<string, string>
}

const errorData = z.object({
  code: z.string(),
  fields: z.optional(z.array(z.object({ field: z.string(), message: z.string() }))),
})

/** Reads what a call through the tRPC client threw. `fallback` is the message where no response came. */
export function parseApiError(error: unknown, fallback: string): ApiError {
  const parsed = error instanceof TRPCClientError ? errorData.safeParse(error.data) : undefined
  if (!(error instanceof TRPCClientError) || !parsed?.success)
    return { message: fallback, code: '', fields: {} }
  const fields: Record<string, string> = {}
  for (const { field, message } of parsed.data.fields ?? []) fields[field] ??= message
  return { message: error.message, code: parsed.data.code, fields }
}
