import { z } from 'zod'
import { readPublicWinners } from '../../draws/read-public-winners.ts'
import { publicWinnersView } from '../../draws/schema.ts'
import { publicProcedure } from '../../trpc.ts'

/** The winners page: masked, from the announcement date on. */
export const publicWinners = publicProcedure
  .input(z.object({ slug: z.string().max(100) }))
  .output(publicWinnersView)
  .query(({ ctx, input }) => readPublicWinners(ctx.dependencies, input.slug))
