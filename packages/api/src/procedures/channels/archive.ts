import { z } from 'zod'
import { archiveChannel } from '../../channels/archive-channel.ts'
import { channel } from '../../channels/schema.ts'
import { ownerProcedure } from '../../trpc.ts'
import { uuid } from '../../validation/fields.ts'

/** An archived channel leaves the form; its link and its entries stay. `archived: false` brings it back. */
export const archive = ownerProcedure
  .input(z.object({ eventId: uuid, entryPath: z.string().max(100), archived: z.boolean().default(true) }))
  .output(channel)
  .mutation(({ ctx, input }) => archiveChannel(ctx.dependencies, ctx.viewer, input))
