import { z } from 'zod'
import { listChannels } from '../../channels/list-channels.ts'
import { channel } from '../../channels/schema.ts'
import { memberProcedure } from '../../trpc.ts'
import { uuid } from '../../validation/fields.ts'

export const list = memberProcedure
  .input(z.object({ eventId: uuid }))
  .output(z.array(channel))
  .query(({ ctx, input }) => listChannels(ctx.dependencies, ctx.viewer, input.eventId))
