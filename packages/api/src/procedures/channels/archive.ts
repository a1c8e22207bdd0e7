import { z } from 'zod'
import { archiveChannel } from '../../services/channels/archive-channel.ts'
import { ownerProcedure } from '../../trpc.ts'
import { uuid } from '../fields.ts'
import { channel } from './channel.ts'

/** An archived channel leaves the form; its link and its entries stay. `archived: false` brings it back. */
export const archive = ownerProcedure
  .input(z.object({ eventId: uuid, entryPath: z.string().max(100), archived: z.boolean().default(true) }))
  .output(channel)
  .mutation(({ ctx, input }) => archiveChannel(ctx.services, ctx.viewer, input))
