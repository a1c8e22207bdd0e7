import { z } from 'zod'
import { renewVisitToken as renew } from '../../channels/renew-visit-token.ts'
import { channel } from '../../channels/schema.ts'
import { ownerProcedure } from '../../trpc.ts'
import { uuid } from '../../validation/fields.ts'

/** Makes a new in-store link; prints of the older one count no longer. */
export const renewVisitToken = ownerProcedure
  .input(z.object({ eventId: uuid }))
  .output(channel)
  .mutation(({ ctx, input }) => renew(ctx.dependencies, ctx.viewer, input.eventId))
