import { activeWarnings, failedChecks } from '#lib/server/process/readiness.ts'
import { draining } from '#lib/server/process/shutdown.ts'
import type { RequestHandler } from './$types'

/**
 * Whether the process can serve: its parts respond and no signal to stop has arrived. Names the parts that do not,
 * and those that need attention while it can serve, such as a relay that publishes nothing.
 */
export const GET: RequestHandler = async () => {
  const failed = draining.aborted ? ['stopping'] : await failedChecks()
  const warnings = activeWarnings()
  if (failed.length === 0) return Response.json({ ready: true, ...(warnings.length > 0 && { warnings }) })
  return Response.json({ ready: false, failed }, { status: 503, headers: { 'retry-after': '2' } })
}
