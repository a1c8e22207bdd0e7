import { z } from 'zod'
import { markVisit as markVisitService } from '../../participants/mark-visit.ts'
import { participant } from '../../participants/schema.ts'
import { memberProcedure } from '../../trpc.ts'
import { uuid } from '../../validation/fields.ts'

export const markVisit = memberProcedure
  .input(z.object({ eventId: uuid, participantId: uuid }))
  .output(participant)
  .mutation(({ ctx, input }) => markVisitService(ctx.dependencies, ctx.viewer, input))
