import { claim } from './route-inputs.ts'
import { everybody, row } from './world.ts'

/** Pages and form actions of a claim link, which is all that they need. */
export const claimRoutes = {
  'GET /(customer)/c/[token]': row(everybody(200), claim),
  'POST /(customer)/c/[token]?/prove': row(everybody(303), claim),
  // Without the proof, which a cookie holds, they lead to the page: apps/web/e2e/claim.spec.ts.
  'POST /(customer)/c/[token]?/confirm': row(everybody(303), claim),
  'POST /(customer)/c/[token]?/decline': row(everybody(303), claim),
  'POST /(customer)/c/[token]?/withdraw': row(everybody(303), claim),
}
