import { z } from 'zod'
import type { Context } from '../context.ts'
import { parseInput } from '../errors/parse-input.ts'
import { readWhole } from '../public-body.ts'
import { memberProcedure, ownerProcedure, publicProcedure, router } from '../trpc.ts'
import { eventIdInput } from '../validation/fields.ts'
import { logContact } from '../winners/log-contact.ts'
import { contactView, logContactInput } from '../winners/schema.ts'
import { MIN_CONTACT_ATTEMPTS, MIN_CONTACT_DAYS } from '../winners/winner-state.ts'
import { chainView, entryView, transcriptView } from './chain-schema.ts'
import { drawSummaryView } from './draw-summary-schema.ts'
import { drawWinners } from './draw-winners.ts'
import type { EntriesFormat } from './entries-body.ts'
import { getDraw } from './get-draw.ts'
import { listDrawLogs } from './list-draw-logs.ts'
import { listDraws } from './list-draws.ts'
import { previewDraw } from './preview-draw.ts'
import { drawPreviewView, previewDrawInput } from './preview-schema.ts'
import { publicWinnersInput, publicWinnersView } from './public-winners-schema.ts'
import { readCancelledTranscript } from './read-cancelled-transcript.ts'
import { readEntries } from './read-entries.ts'
import { redraw } from './redraw.ts'
import { MAX_REDRAWN } from './require-redrawable.ts'
import {
  drawLogDetailView,
  drawLogIdInput,
  drawLogTermsView,
  drawLogView,
  drawResult,
  drawWinnersInput,
  pendingDrawView,
  redrawInput,
} from './schema.ts'

const readChainBody = (context: Context, input: unknown) =>
  context.dependencies.publicReads.chain(parseInput(eventIdInput, input).eventId)
const readTranscriptBody = (context: Context, input: unknown) =>
  context.dependencies.publicReads.transcript(parseInput(drawLogIdInput, input).drawLogId)
const readCancelledBody = (context: Context, input: unknown) =>
  readCancelledTranscript(context.dependencies, parseInput(eventIdInput, input).eventId)
const readEntriesBody = (context: Context, input: unknown, format: EntriesFormat) =>
  context.dependencies.publicReads.entries(parseInput(drawLogIdInput, input).drawLogId, format)

const isPending = (output: unknown) => pendingDrawView.safeParse(output).success

export const drawsRouter = router({
  /** What the draw dialog shows. */
  preview: ownerProcedure
    .input(previewDrawInput)
    .output(drawPreviewView)
    .query(({ ctx, input }) => previewDraw(ctx.dependencies, ctx.viewer, input)),

  drawWinners: ownerProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/events/{eventId}/draw-winners',
        tags: ['draws'],
        protect: true,
        summary: 'Lock an event and draw its winners',
        description:
          'Freezes the list and draws from it. With a public beacon the response is 202 with the time at which the result is due. The visit bonus is the published one, and winners are not fewer unless there are fewer entries (409 TERMS_FIXED). Other numbers that differ from the published ones are recorded and shown with the result, next to changeReason, which may be left out. winnerCount is at most the number of entries that take part; alternates are as many of alternateCount as are left.',
      },
      rest: {
        scope: 'draws:write',
        accepted: isPending,
        errors: [
          'NOT_FOUND',
          'ALREADY_DRAWN',
          'DRAW_IN_PROGRESS',
          'TERMS_FIXED',
          'DATA_DESTROYED',
          'EVENT_PAUSED',
          'CONFLICT',
          'NOT_ENOUGH_ENTRIES',
        ],
      },
    })
    .input(drawWinnersInput)
    .output(drawResult)
    .mutation(({ ctx, input }) => drawWinners(ctx.dependencies, ctx.viewer, input)),

  list: memberProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/events/{eventId}/draws',
        tags: ['draws'],
        protect: true,
        summary: 'The draws of an event, the newest first',
      },
      rest: { scope: 'participants:read', errors: ['NOT_FOUND'] },
    })
    .input(eventIdInput)
    .output(z.array(drawLogView))
    .query(({ ctx, input }) => listDraws(ctx.dependencies, ctx.viewer, input.eventId)),

  /** The draws without their people, so that a page that shows them opens personal data only once. */
  logs: memberProcedure
    .input(eventIdInput)
    .output(z.array(drawLogTermsView))
    .query(({ ctx, input }) => listDrawLogs(ctx.dependencies, ctx.viewer, input.eventId)),

  get: memberProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/draws/{drawLogId}',
        tags: ['draws'],
        protect: true,
        summary: 'One draw with its winners and what happened before',
      },
      rest: { scope: 'participants:read', errors: ['NOT_FOUND'] },
    })
    .input(drawLogIdInput)
    .output(drawLogDetailView)
    .query(({ ctx, input }) => getDraw(ctx.dependencies, ctx.viewer, input.drawLogId)),

  redraw: ownerProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/draws/{drawLogId}/redraw',
        tags: ['draws'],
        protect: true,
        summary: 'Withdraw winners and fill their places',
        description: `Names the newest draw. Waiting alternates move up first; only places left empty are drawn again, from the frozen list without everybody drawn before. Returns the whole current list. Each of ranks stands once, and has a winner. The reason deadline waits for the end of the winner's claim period, and unreachable for ${MIN_CONTACT_ATTEMPTS} logged attempts on ${MIN_CONTACT_DAYS} days: until then 409 CLAIM_OPEN. Free text stays private; the record says ineligible. All redraws of an event together draw at most ${MAX_REDRAWN} entries.`,
      },
      rest: {
        scope: 'draws:write',
        accepted: isPending,
        errors: [
          'NOT_FOUND',
          'DRAW_IN_PROGRESS',
          'DATA_DESTROYED',
          'CLAIM_OPEN',
          'CONFLICT',
          'EVENT_PAUSED',
          'DRAW_SUPERSEDED',
          'NOT_ENOUGH_ENTRIES',
        ],
      },
    })
    .input(redrawInput)
    .output(drawResult)
    .mutation(({ ctx, input }) => redraw(ctx.dependencies, ctx.viewer, input)),

  chain: publicProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/events/{eventId}/chain',
        tags: ['draws'],
        protect: false,
        summary: 'The signed records of an event so far',
      },
      rest: { body: readChainBody, errors: ['NOT_FOUND'] },
    })
    .input(eventIdInput)
    .output(chainView)
    .query(async ({ ctx, input }) => chainView.parse(await readWhole(await readChainBody(ctx, input)))),

  transcript: publicProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/draws/{drawLogId}/transcript',
        tags: ['draws'],
        protect: false,
        summary: 'The transcript that eungmo-draw verifies, once drawn',
      },
      rest: { body: readTranscriptBody, errors: ['NOT_FOUND', 'DRAW_IN_PROGRESS'] },
    })
    .input(drawLogIdInput)
    .output(transcriptView)
    .query(async ({ ctx, input }) =>
      transcriptView.parse(await readWhole(await readTranscriptBody(ctx, input))),
    ),

  cancelledTranscript: publicProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/events/{eventId}/transcript',
        tags: ['draws'],
        protect: false,
        summary: 'The transcript of a cancelled event, which eungmo-draw verifies without entries',
      },
      rest: { body: readCancelledBody, errors: ['NOT_FOUND'] },
    })
    .input(eventIdInput)
    .output(transcriptView)
    .query(async ({ ctx, input }) =>
      transcriptView.parse(await readWhole(await readCancelledBody(ctx, input))),
    ),

  /** What the verification page shows of a draw before the browser has verified it. */
  summary: publicProcedure
    .input(drawLogIdInput)
    .output(drawSummaryView)
    .query(async ({ ctx, input }) => (await ctx.dependencies.publicReads.drawSummary(input.drawLogId)).view),

  entries: publicProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/draws/{drawLogId}/entries',
        tags: ['draws'],
        protect: false,
        summary: 'The locked list, once drawn; CSV for Accept: text/csv',
      },
      rest: { body: readEntriesBody, csv: true, errors: ['NOT_FOUND', 'DRAW_IN_PROGRESS'] },
    })
    .input(drawLogIdInput)
    .output(z.array(entryView))
    .query(({ ctx, input }) => readEntries(ctx.dependencies, input.drawLogId)),
})

export const winnersRouter = router({
  /** The winners page: masked, from the announcement date on. */
  public: publicProcedure
    .input(publicWinnersInput)
    .output(publicWinnersView)
    .query(async ({ ctx, input }) => (await ctx.dependencies.publicReads.winners(input)).view()),

  /** Logs an attempt to reach a winner. */
  logContact: memberProcedure
    .input(logContactInput)
    .output(contactView)
    .mutation(({ ctx, input }) => logContact(ctx.dependencies, ctx.viewer, input)),
})
