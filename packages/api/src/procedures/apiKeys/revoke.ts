import { z } from 'zod'
import { revokeApiKey } from '../../api-keys/create-api-key.ts'
import { apiKeyIdInput } from '../../api-keys/schema.ts'
import { ownerProcedure } from '../../trpc.ts'

export const revoke = ownerProcedure
  .input(apiKeyIdInput)
  .output(z.void())
  .mutation(({ ctx, input }) => revokeApiKey(ctx.dependencies, ctx.viewer, input))
