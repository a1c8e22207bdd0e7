import { z } from 'zod'
import { ownerProcedure, recentOwnerProcedure, router } from '../trpc.ts'
import { createApiKey } from './create-api-key.ts'
import { listApiKeys } from './list-api-keys.ts'
import { revokeApiKey } from './revoke-api-key.ts'
import { apiKeyIdInput, apiKeyView, createApiKeyInput, createdApiKeyView } from './schema.ts'

export const apiKeysRouter = router({
  /** The only response that contains the key itself. */
  create: recentOwnerProcedure
    .input(createApiKeyInput)
    .output(createdApiKeyView)
    .mutation(({ ctx, input }) => createApiKey(ctx.dependencies, ctx.viewer, input)),

  list: ownerProcedure
    .output(z.array(apiKeyView))
    .query(({ ctx }) => listApiKeys(ctx.dependencies, ctx.viewer)),

  revoke: recentOwnerProcedure
    .input(apiKeyIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => revokeApiKey(ctx.dependencies, ctx.viewer, input)),
})
