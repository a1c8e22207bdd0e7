import { memberProcedure, router } from '../trpc.ts'
import { listParticipants } from './list-participants.ts'
import { markVisit } from './mark-visit.ts'
import {
  listParticipantsInput,
  markVisitInput,
  participant,
  participantPage,
  searchParticipantsInput,
} from './schema.ts'

export const participantsRouter = router({
  list: memberProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/events/{eventId}/participants',
        tags: ['participants'],
        summary: 'Participants of an event, newest first',
      },
      rest: { errors: ['NOT_FOUND'] },
    })
    .input(listParticipantsInput)
    .output(participantPage)
    .query(({ ctx, input }) => listParticipants(ctx.dependencies, ctx.viewer, input)),

  search: memberProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/events/{eventId}/participants/search',
        tags: ['participants'],
        summary: 'Search the participants of an event',
      },
      rest: { errors: ['NOT_FOUND'] },
    })
    .input(searchParticipantsInput)
    .output(participantPage)
    .mutation(({ ctx, input, signal }) => listParticipants(ctx.dependencies, ctx.viewer, input, signal)),

  markVisit: memberProcedure
    .input(markVisitInput)
    .output(participant)
    .mutation(({ ctx, input }) => markVisit(ctx.dependencies, ctx.viewer, input)),
})
