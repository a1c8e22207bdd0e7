import { z } from 'zod'
import { markVisit as markVisitService } from '../../services/participants/mark-visit.ts'
import { memberProcedure } from '../../trpc.ts'
import { uuid } from '../fields.ts'
import { participant } from './participant.ts'

export const markVisit = memberProcedure
  .input(z.object({ eventId: uuid, participantId: uuid }))
  .output(participant)
  .mutation(({ ctx, input }) => markVisitService(ctx.services, ctx.viewer, input))
