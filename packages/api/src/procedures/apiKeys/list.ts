import { z } from 'zod'
import { apiKeyView } from '../../schemas/api-key-view.ts'
import { listApiKeys } from '../../services/api-keys.ts'
import { ownerProcedure } from '../../trpc.ts'

export const list = ownerProcedure
  .output(z.array(apiKeyView))
  .query(({ ctx }) => listApiKeys(ctx.services, ctx.viewer))
