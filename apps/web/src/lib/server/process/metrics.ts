import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

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
