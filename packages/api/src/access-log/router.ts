import { ownerProcedure, router } from '../trpc.ts'
import { listAccessLog } from './list-access-log.ts'
import { listFilters } from './list-filters.ts'
import { listReviews, reviewAccessLog } from './review-access-log.ts'
import { accessFilters, accessPage, accessReviews, listAccessInput } from './schema.ts'

export const accessLogRouter = router({
  list: ownerProcedure
    .input(listAccessInput)
    .output(accessPage)
    .query(({ ctx, input }) => listAccessLog(ctx.dependencies, ctx.viewer, input)),

  filters: ownerProcedure.output(accessFilters).query(({ ctx }) => listFilters(ctx.dependencies, ctx.viewer)),

  reviews: ownerProcedure.output(accessReviews).query(({ ctx }) => listReviews(ctx.dependencies, ctx.viewer)),

  /** That the owner looked through the log this month. */
  review: ownerProcedure
    .output(accessReviews)
    .mutation(({ ctx }) => reviewAccessLog(ctx.dependencies, ctx.viewer)),
})
