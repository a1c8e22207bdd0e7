import { z } from 'zod'
import { createChannel } from '../../channels/create-channel.ts'
import { channel } from '../../channels/schema.ts'
import { ownerProcedure } from '../../trpc.ts'
import { entryPath, uuid } from '../../validation/fields.ts'

export const create = ownerProcedure
  .input(z.object({ eventId: uuid, entryPath }))
  .output(channel)
  .mutation(({ ctx, input }) => createChannel(ctx.dependencies, ctx.viewer, input))
