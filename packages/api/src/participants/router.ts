import { maskPeople } from '../api-keys/mask-people.ts'
import type { Context, Member } from '../context.ts'
import { memberProcedure, router } from '../trpc.ts'
import { listParticipants } from './list-participants.ts'
import { markVisit } from './mark-visit.ts'
import {
  listParticipantsInput,
  markVisitInput,
  type ParticipantPage,
  participant,
  participantPage,
  searchParticipantsInput,
} from './schema.ts'

async function listForViewer(
  { dependencies, viewer }: Context & { viewer: Member },
  input: Parameters<typeof listParticipants>[2],
  signal?: AbortSignal,
): Promise<ParticipantPage> {
  const page = await listParticipants(dependencies, viewer, input, signal)
  return { ...page, items: maskPeople(viewer, page.items) }
}

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
    .query(({ ctx, input }) => listForViewer(ctx, input)),

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
    .mutation(({ ctx, input, signal }) => listForViewer(ctx, input, signal)),

  markVisit: memberProcedure
    .input(markVisitInput)
    .output(participant)
    .mutation(({ ctx, input }) => markVisit(ctx.dependencies, ctx.viewer, input)),
})
