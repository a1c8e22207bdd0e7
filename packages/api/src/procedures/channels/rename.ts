import { z } from 'zod'
import { renameChannel } from '../../channels/rename-channel.ts'
import { channel } from '../../channels/schema.ts'
import { ownerProcedure } from '../../trpc.ts'
import { entryPath, uuid } from '../../validation/fields.ts'

export const rename = ownerProcedure
  .input(z.object({ eventId: uuid, entryPath: z.string().max(100), newEntryPath: entryPath }))
  .output(channel)
  .mutation(({ ctx, input }) => renameChannel(ctx.dependencies, ctx.viewer, input))
