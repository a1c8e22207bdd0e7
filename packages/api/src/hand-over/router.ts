import { memberProcedure, router } from '../trpc.ts'
import { completeHandOver } from './complete-hand-over.ts'
import { readHandOverByLink, readHandOverByNumber } from './read-hand-over.ts'
import { completeHandOverInput, handOverLinkInput, handOverNumberInput, handOverView } from './schema.ts'

/**
 * Prizes that are handed over in the shop, by members alone: a hand-over names the one who saw the customer. All are
 * mutations, so that no address holds a link's token or an application number.
 */
export const handOverRouter = router({
  byLink: memberProcedure
    .input(handOverLinkInput)
    .output(handOverView)
    .mutation(({ ctx, input }) => readHandOverByLink(ctx.dependencies, ctx.viewer, input.token)),

  byNumber: memberProcedure
    .input(handOverNumberInput)
    .output(handOverView)
    .mutation(({ ctx, input }) => readHandOverByNumber(ctx.dependencies, ctx.viewer, input)),

  complete: memberProcedure
    .input(completeHandOverInput)
    .output(handOverView)
    .mutation(({ ctx, input }) => completeHandOver(ctx.dependencies, ctx.viewer, input)),
})
