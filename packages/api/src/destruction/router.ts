import { ownerProcedure, router } from '../trpc.ts'
import { eventIdInput } from '../validation/fields.ts'
import { destroyEarly } from './destroy-early.ts'
import { readStoredData } from './read-stored-data.ts'
import { destroyEarlyInput, storedDataView } from './schema.ts'

export const destructionRouter = router({
  /** How many people's data is stored until when, and what was destroyed. */
  stored: ownerProcedure
    .input(eventIdInput)
    .output(storedDataView)
    .query(({ ctx, input }) => readStoredData(ctx.dependencies, ctx.viewer, input.eventId)),

  /** Final. */
  destroyEarly: ownerProcedure
    .input(destroyEarlyInput)
    .output(storedDataView)
    .mutation(({ ctx, input }) => destroyEarly(ctx.dependencies, ctx.viewer, input)),
})
