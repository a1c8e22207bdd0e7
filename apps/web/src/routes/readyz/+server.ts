import { failedChecks } from '#lib/server/process/readiness.ts'
import { stopping } from '#lib/server/process/shutdown.ts'
import type { RequestHandler } from './$types'

/** Whether the process can serve: its parts respond and it is not stopping. Names the parts that do not. */
export const GET: RequestHandler = async () => {
  const failed = stopping.aborted ? ['stopping'] : await failedChecks()
  if (failed.length === 0) return Response.json({ ready: true })
  return Response.json({ ready: false, failed }, { status: 503, headers: { 'retry-after': '2' } })
}
