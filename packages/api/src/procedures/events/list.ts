import { z } from 'zod'
import { listEvents } from '../../events/list-events.ts'
import { eventListItem } from '../../events/schema.ts'
import { memberProcedure } from '../../trpc.ts'

/** The shop's events, newest first. */
export const list = memberProcedure
  .output(z.array(eventListItem))
  .query(({ ctx }) => listEvents(ctx.dependencies, ctx.viewer))
