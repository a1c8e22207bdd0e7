import { memberProcedure, ownerProcedure, router } from '../trpc.ts'
import { readNotices, readNoticeTexts } from './read-notices.ts'
import {
  noticesInput,
  noticesView,
  noticeTextsView,
  queuedView,
  repeatNoticesInput,
  sendNoticesInput,
} from './schema.ts'
import { repeatNotices, sendNotices } from './send-notices.ts'

export const noticesRouter = router({
  /** What the panel on the draw tab shows. */
  list: memberProcedure
    .input(noticesInput)
    .output(noticesView)
    .query(({ ctx, input }) => readNotices(ctx.dependencies, ctx.viewer, input.eventId)),

  /** The texts for those who send them by hand. */
  texts: ownerProcedure
    .input(sendNoticesInput)
    .output(noticeTextsView)
    .query(({ ctx, input }) => readNoticeTexts(ctx.dependencies, ctx.viewer, input)),

  send: ownerProcedure
    .input(sendNoticesInput)
    .output(queuedView)
    .mutation(({ ctx, input }) => sendNotices(ctx.dependencies, ctx.viewer, input)),

  repeat: ownerProcedure
    .input(repeatNoticesInput)
    .output(queuedView)
    .mutation(({ ctx, input }) => repeatNotices(ctx.dependencies, ctx.viewer, input)),
})
