import { z } from 'zod'
import { getEntryPage } from '../../events/get-entry-page.ts'
import { entryPageView } from '../../events/schema.ts'
import { publicProcedure } from '../../trpc.ts'

/** Everything the entry page needs; `via` and `visitToken` as the link carries them. */
export const getBySlug = publicProcedure
  .input(
    z.object({
      slug: z.string().max(100),
      via: z.string().max(100).optional(),
      visitToken: z.string().max(200).optional(),
    }),
  )
  .output(entryPageView)
  .query(({ ctx, input }) => getEntryPage(ctx.dependencies, ctx.viewer, input))
