import { timingSafeEqual } from 'node:crypto'
import { metrics } from '#lib/server/process/metrics.ts'
import { dev } from '$app/env'
import { METRICS_TOKEN } from '$app/env/private'
import type { RequestHandler } from './$types'

/** Prometheus metrics, for requests that carry METRICS_TOKEN; where that is unset, in development only. */
export const GET: RequestHandler = async ({ request }) => {
  if (!METRICS_TOKEN && !dev) return new Response('Not found', { status: 404 })
  if (METRICS_TOKEN && !isSameText(request.headers.get('authorization') ?? '', `Bearer ${METRICS_TOKEN}`)) {
    return new Response('Unauthorized', { status: 401, headers: { 'www-authenticate': 'Bearer' } })
  }
  return new Response(await metrics.metrics(), { headers: { 'content-type': metrics.contentType } })
}

function isSameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
