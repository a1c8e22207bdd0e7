import { z } from 'zod'
import { listApiKeys } from '../../api-keys/api-keys.ts'
import { apiKeyView } from '../../api-keys/schema.ts'
import { ownerProcedure } from '../../trpc.ts'

export const list = ownerProcedure
  .output(z.array(apiKeyView))
  .query(({ ctx }) => listApiKeys(ctx.dependencies, ctx.viewer))
