import { z } from 'zod'
import { beaconStatus as read } from '../../draws/read-beacon-status.ts'
import { ownerProcedure } from '../../trpc.ts'

/** Whether a relay of the public beacon answers: asked before publishing. */
export const beaconStatus = ownerProcedure
  .output(z.object({ reachable: z.boolean() }))
  .query(({ ctx }) => read(ctx.dependencies))
