import { z } from 'zod'
import { instant, line, uuid } from '../validation/fields.ts'

export const apiKeyView = z.object({
  id: uuid,
  name: z.string(),
  /** The beginning of the key, by which its owner recognises it. */
  prefix: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
})
export type ApiKeyView = z.infer<typeof apiKeyView>

/** With the key itself, which is shown only once. */
export const createdApiKeyView = apiKeyView.extend({ key: z.string() })

export const createApiKeyInput = z.strictObject({ name: line(60) })
export const apiKeyIdInput = z.strictObject({ apiKeyId: uuid })
