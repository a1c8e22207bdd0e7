import { createApiKeyInput, createdApiKeyView } from '../../schemas/api-key-view.ts'
import { createApiKey } from '../../services/api-keys.ts'
import { ownerProcedure } from '../../trpc.ts'

/** The key is shown this once. */
export const create = ownerProcedure
  .input(createApiKeyInput)
  .output(createdApiKeyView)
  .mutation(({ ctx, input }) => createApiKey(ctx.services, ctx.viewer, input))
