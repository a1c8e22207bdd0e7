import { storedClaim } from './inputs.ts'
import { claim, type RouteInput } from './route-inputs.ts'
import { everybody, row, type World } from './world.ts'

const revealed = async (world: World): Promise<RouteInput> => {
  const { eventId, drawLogId, drawRank } = await storedClaim(world)
  return {
    params: { eventId: String(eventId) },
    form: { drawLogId: String(drawLogId), drawRank: String(drawRank) },
  }
}

/** Pages and form actions of a claim link, which is all that they need; and what owners see of a claim. */
export const claimRoutes = {
  'GET /(customer)/c/[token]': row(everybody(200), claim),
  'POST /(customer)/c/[token]?/prove': row(everybody(303), claim),
  // Without the proof, which a cookie holds, they lead to the page: apps/web/e2e/claim.spec.ts.
  'POST /(customer)/c/[token]?/confirm': row(everybody(303), claim),
  'POST /(customer)/c/[token]?/decline': row(everybody(303), claim),
  'POST /(customer)/c/[token]?/withdraw': row(everybody(303), claim),
  'POST /(customer)/c/[token]?/disown': row(everybody(303), claim),
  'POST /(owner)/admin/events/[eventId]/draw?/claim': row('401 404 403 200 401 | 401 401 401 401', revealed),
}
