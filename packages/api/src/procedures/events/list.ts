import { z } from 'zod'
import { eventListItem } from '../../events/event-view.ts'
import { listEvents } from '../../events/list-events.ts'
import { memberProcedure } from '../../trpc.ts'

/** The shop's events, newest first. */
export const list = memberProcedure
  .output(z.array(eventListItem))
  .query(({ ctx }) => listEvents(ctx.dependencies, ctx.viewer))
