import type { Observe } from '@eungmo/api/observation'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** The process's metrics; other modules register theirs here. */
export const metrics = new Registry()
collectDefaultMetrics({ register: metrics })

export const requestDuration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time from the request to the head of the response.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers: [metrics],
})

const ignoredForwarding = new Counter({
  name: 'eungmo_forwarded_ignored_total',
  help: 'Requests whose X-Forwarded-For was ignored, since TRUSTED_PROXIES does not list their sender',
  registers: [metrics],
})
const exhaustedAttempts = new Counter({
  name: 'eungmo_attempts_exhausted_total',
  help: 'Attempts to prove who one is that were over their budget: perhaps guesses',
  labelNames: ['purpose'],
  registers: [metrics],
})
const unstartedDraws = new Counter({
  name: 'eungmo_draw_start_failures_total',
  help: 'Draws that could not start at their published time and are tried again later',
  registers: [metrics],
})
const unfinishedDraws = new Counter({
  name: 'eungmo_draw_finish_failures_total',
  help: 'Attempts to finish a locked draw that failed and are repeated later',
  registers: [metrics],
})
const liveStreams = new Gauge({
  name: 'eungmo_live_streams',
  help: 'Open streams of live updates; at most 500',
  registers: [metrics],
})
const rejectedLiveStreams = new Counter({
  name: 'eungmo_live_streams_rejected_total',
  help: 'Streams of live updates that were over the cap of their user or of the process; their pages poll',
  labelNames: ['cap'],
  registers: [metrics],
})

let isForwardingReported = false

/** Counts a request whose X-Forwarded-For was ignored, and warns of the first one of the process. */
export function reportIgnoredForwarding(log: { warn(fields: object, message: string): void }): void {
  ignoredForwarding.inc()
  if (isForwardingReported) return
  isForwardingReported = true
  log.warn({}, 'X-Forwarded-For was ignored: list the proxy in TRUSTED_PROXIES if it is yours')
}

/** Counts what the API observed. */
export const observe: Observe = (observation) => {
  switch (observation.kind) {
    case 'attempts-exhausted':
      return exhaustedAttempts.inc({ purpose: observation.purpose })
    case 'draw-not-started':
      return unstartedDraws.inc()
    case 'draw-not-finished':
      return unfinishedDraws.inc()
    case 'live-streams':
      return liveStreams.set(observation.open)
    case 'live-stream-rejected':
      return rejectedLiveStreams.inc({ cap: observation.cap })
  }
}
