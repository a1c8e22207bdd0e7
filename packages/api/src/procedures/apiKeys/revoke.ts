import { z } from 'zod'
import { apiKeyIdInput } from '../../schemas/api-key-view.ts'
import { revokeApiKey } from '../../services/api-keys.ts'
import { ownerProcedure } from '../../trpc.ts'

export const revoke = ownerProcedure
  .input(apiKeyIdInput)
  .output(z.void())
  .mutation(({ ctx, input }) => revokeApiKey(ctx.services, ctx.viewer, input))
