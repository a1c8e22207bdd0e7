import { z } from 'zod'
import { createChannel } from '../../services/channels/create-channel.ts'
import { ownerProcedure } from '../../trpc.ts'
import { entryPath, uuid } from '../fields.ts'
import { channel } from './channel.ts'

export const create = ownerProcedure
  .input(z.object({ eventId: uuid, entryPath }))
  .output(channel)
  .mutation(({ ctx, input }) => createChannel(ctx.services, ctx.viewer, input))
