import { dependencies } from '#lib/server/process/dependencies.ts'
import type { RequestHandler } from './$types'

/** Whether the public randomness can be reached now: the publish dialog offers it only then. */
export const GET: RequestHandler = async ({ locals }) => {
  if (locals.viewer.kind !== 'member') return Response.json({ available: false }, { status: 401 })
  return Response.json({ available: await dependencies().beaconStatus.isReachable() })
}
