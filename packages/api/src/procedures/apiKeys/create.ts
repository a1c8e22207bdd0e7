import { createApiKey } from '../../api-keys/create-api-key.ts'
import { createApiKeyInput, createdApiKeyView } from '../../api-keys/schema.ts'
import { ownerProcedure } from '../../trpc.ts'

/** The key is shown this once. */
export const create = ownerProcedure
  .input(createApiKeyInput)
  .output(createdApiKeyView)
  .mutation(({ ctx, input }) => createApiKey(ctx.dependencies, ctx.viewer, input))
