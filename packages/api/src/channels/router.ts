import { z } from 'zod'
import { memberProcedure, ownerProcedure, router } from '../trpc.ts'
import { eventIdBody, eventIdInput } from '../validation/fields.ts'
import { archiveChannel } from './archive-channel.ts'
import { createChannel } from './create-channel.ts'
import { listChannels } from './list-channels.ts'
import { renameChannel } from './rename-channel.ts'
import { renewVisitToken } from './renew-visit-token.ts'
import { archiveChannelInput, channel, createChannelInput, renameChannelInput } from './schema.ts'

export const channelsRouter = router({
  list: memberProcedure
    .input(eventIdInput)
    .output(z.array(channel))
    .query(({ ctx, input }) => listChannels(ctx.dependencies, ctx.viewer, input.eventId)),

  create: ownerProcedure
    .input(createChannelInput)
    .output(channel)
    .mutation(({ ctx, input }) => createChannel(ctx.dependencies, ctx.viewer, input)),

  rename: ownerProcedure
    .input(renameChannelInput)
    .output(channel)
    .mutation(({ ctx, input }) => renameChannel(ctx.dependencies, ctx.viewer, input)),

  /** An archived channel leaves the form; its link and its entries stay. `archived: false` restores it. */
  archive: ownerProcedure
    .input(archiveChannelInput)
    .output(channel)
    .mutation(({ ctx, input }) => archiveChannel(ctx.dependencies, ctx.viewer, input)),

  /** Creates a new in-store link; visits through prints of the older one no longer count. */
  renewVisitToken: ownerProcedure
    .input(eventIdBody)
    .output(channel)
    .mutation(({ ctx, input }) => renewVisitToken(ctx.dependencies, ctx.viewer, input.eventId)),
})
