import { API_KEY_SCOPES } from '@eungmo/db/queries/api-keys'
import { z } from 'zod'
import { instant, line, uuid } from '../validation/fields.ts'

/** A year, which is the default, too. */
export const MAX_LIFETIME_DAYS = 365

const scope = z.enum(API_KEY_SCOPES)

export const apiKeyView = z.object({
  id: uuid,
  name: z.string(),
  /** The beginning of the key, by which its owner recognises it. */
  prefix: z.string(),
  scopes: z.array(scope),
  createdAt: instant,
  expiresAt: instant,
  isExpired: z.boolean(),
  lastUsedAt: instant.nullable(),
})
export type ApiKeyView = z.infer<typeof apiKeyView>

/** With the key itself, which is shown only once. */
export const createdApiKeyView = apiKeyView.extend({ key: z.string() })

export const createApiKeyInput = z.strictObject({
  name: line(60),
  scopes: z.array(scope).min(1).max(API_KEY_SCOPES.length),
  expiresInDays: z.int().min(1).max(MAX_LIFETIME_DAYS).default(MAX_LIFETIME_DAYS),
})
export type CreateApiKeyInput = z.output<typeof createApiKeyInput>
export const apiKeyIdInput = z.strictObject({ apiKeyId: uuid })
