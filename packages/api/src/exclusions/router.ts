import { z } from 'zod'
import { oneParticipantInput, participant } from '../participants/schema.ts'
import { ownerProcedure, router } from '../trpc.ts'
import { eventIdInput } from '../validation/fields.ts'
import { exclude, undoExclusion } from './exclude.ts'
import { pasteNumbers, previewPaste } from './paste-numbers.ts'
import { excludeInput, pasteInput, pastePreview, pasteResult, pasteView, undoPasteInput } from './schema.ts'
import { listPastes, undoPaste } from './undo-paste.ts'

const path = '/events/{eventId}/participants/{participantId}/exclusion'
const rest = { scope: 'draws:write', errors: ['NOT_FOUND', 'CONFLICT'] } as const

/** Which entries take no part in a draw, until its list is locked. Owners only. */
export const exclusionsRouter = router({
  exclude: ownerProcedure
    .meta({
      openapi: {
        method: 'PUT',
        path,
        tags: ['participants'],
        summary: 'Exclude an entry from the draw',
        description:
          'Until the list is locked. The reason is public as a count, and the entrant sees it; an exclusion before is replaced.',
      },
      rest,
    })
    .input(excludeInput)
    .output(participant)
    .mutation(({ ctx, input }) => exclude(ctx.dependencies, ctx.viewer, input)),

  undo: ownerProcedure
    .meta({
      openapi: {
        method: 'DELETE',
        path,
        tags: ['participants'],
        summary: 'Take an exclusion back',
        description: 'Until the list is locked. Changes nothing where the entry takes part.',
      },
      rest,
    })
    .input(oneParticipantInput)
    .output(participant)
    .mutation(({ ctx, input }) => undoExclusion(ctx.dependencies, ctx.viewer, input)),

  previewPaste: ownerProcedure
    .input(pasteInput)
    .output(pastePreview)
    .mutation(({ ctx, input }) => previewPaste(ctx.dependencies, ctx.viewer, input)),

  paste: ownerProcedure
    .input(pasteInput)
    .output(pasteResult)
    .mutation(({ ctx, input }) => pasteNumbers(ctx.dependencies, ctx.viewer, input)),

  pastes: ownerProcedure
    .input(eventIdInput)
    .output(z.array(pasteView))
    .query(({ ctx, input }) => listPastes(ctx.dependencies, ctx.viewer, input)),

  undoPaste: ownerProcedure
    .input(undoPasteInput)
    .output(z.object({ included: z.int() }))
    .mutation(async ({ ctx, input }) => ({
      included: await undoPaste(ctx.dependencies, ctx.viewer, input),
    })),
})
