import type { AppRouter } from '@eungmo/api/router'
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink, TRPCClientError } from '@trpc/client'
import { z } from 'zod/mini'

const url = '/api/trpc'

/** The API for the owner pages in the browser: mutations and live updates. Pages load through the server's caller. */
export const trpc = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url }),
      false: httpLink({ url }),
    }),
  ],
})

/** What the API says went wrong, in the reader's language. */
export interface ApiError {
  message: string
  /** DESIGN's error code; '' where the API did not answer. */
  code: string
  /** Message by field name. */
  fields: Record<string, string>
}

const errorData = z.object({
  code: z.string(),
  fields: z.optional(z.array(z.object({ field: z.string(), message: z.string() }))),
})

/** Reads a failed call. `fallback` is the sentence for a lost connection. */
export function parseApiError(error: unknown, fallback: string): ApiError {
  if (!(error instanceof TRPCClientError)) return { message: fallback, code: '', fields: {} }
  const parsed = errorData.safeParse(error.data)
  if (!parsed.success) return { message: fallback, code: '', fields: {} }
  const fields: Record<string, string> = {}
  for (const { field, message } of parsed.data.fields ?? []) fields[field] ??= message
  return { message: error.message, code: parsed.data.code, fields }
}
