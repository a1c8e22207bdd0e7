import { z } from 'zod'
import { listChannels } from '../../services/channels/list-channels.ts'
import { memberProcedure } from '../../trpc.ts'
import { uuid } from '../fields.ts'
import { channel } from './channel.ts'

export const list = memberProcedure
  .input(z.object({ eventId: uuid }))
  .output(z.array(channel))
  .query(({ ctx, input }) => listChannels(ctx.services, ctx.viewer, input.eventId))
