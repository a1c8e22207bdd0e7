import { z } from 'zod'
import { listApiKeys } from '../../api-keys/create-api-key.ts'
import { apiKeyView } from '../../api-keys/schema.ts'
import { ownerProcedure } from '../../trpc.ts'

export const list = ownerProcedure
  .output(z.array(apiKeyView))
  .query(({ ctx }) => listApiKeys(ctx.dependencies, ctx.viewer))
