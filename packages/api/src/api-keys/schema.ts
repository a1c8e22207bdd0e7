import { z } from 'zod'
import { instantOutput } from '../events/event-fields.ts'

export const apiKeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The beginning of the key, by which its owner recognises it. */
  prefix: z.string(),
  createdAt: instantOutput,
  lastUsedAt: instantOutput.nullable(),
})

/** The key itself is shown this once. */
export const createdApiKeyView = apiKeyView.extend({ key: z.string() })

export const createApiKeyInput = z.object({ name: z.string().trim().min(1).max(60) })
export const apiKeyIdInput = z.object({ apiKeyId: z.uuid() })
