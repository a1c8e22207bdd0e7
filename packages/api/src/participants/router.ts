import { z } from 'zod'
import { memberProcedure, ownerProcedure, router } from '../trpc.ts'
import { eventIdInput } from '../validation/fields.ts'
import { countParticipants } from './count-participants.ts'
import { listNewest } from './list-newest.ts'
import { listParticipants } from './list-participants.ts'
import { markVisit, unmarkVisit } from './mark-visit.ts'
import { revealParticipant } from './reveal-participant.ts'
import {
  listParticipantsInput,
  newestEntry,
  oneParticipantInput,
  participant,
  participantCounts,
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
      rest: { scope: 'participants:read', errors: ['NOT_FOUND'] },
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
      rest: { scope: 'participants:read', errors: ['NOT_FOUND'] },
    })
    .input(searchParticipantsInput)
    .output(participantPage)
    .mutation(({ ctx, input, signal }) => listParticipants(ctx.dependencies, ctx.viewer, input, signal)),

  /** For the filters of the list. */
  counts: memberProcedure
    .input(eventIdInput)
    .output(participantCounts)
    .query(({ ctx, input }) => countParticipants(ctx.dependencies, ctx.viewer, input.eventId)),
  /** The entries that the overview shows, without a phone number or a whole name. */
  newest: memberProcedure
    .input(eventIdInput)
    .output(z.array(newestEntry))
    .query(({ ctx, input }) => listNewest(ctx.dependencies, ctx.viewer, input.eventId)),

  /** The whole phone number of one participant; each call is a line of the access log. */
  reveal: memberProcedure
    .input(oneParticipantInput)
    .output(z.object({ phoneNumber: z.string().nullable() }))
    .mutation(({ ctx, input }) => revealParticipant(ctx.dependencies, ctx.viewer, input)),

  markVisit: memberProcedure
    .input(oneParticipantInput)
    .output(participant)
    .mutation(({ ctx, input }) => markVisit(ctx.dependencies, ctx.viewer, input)),

  unmarkVisit: ownerProcedure
    .input(oneParticipantInput)
    .output(participant)
    .mutation(({ ctx, input }) => unmarkVisit(ctx.dependencies, ctx.viewer, input)),
})
