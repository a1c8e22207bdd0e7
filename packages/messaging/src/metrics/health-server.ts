import type { Registry } from 'prom-client'

export interface HealthServer {
  readonly port: number
  stop(): Promise<void>
}

/** Serves /metrics for Prometheus, /healthz while the process runs, and /readyz while `isReady` returns true. */
export function serveHealth(options: {
  port: number
  hostname: string
  registry: Registry
  isReady: () => boolean
}): HealthServer {
  const { port, hostname, registry, isReady } = options
  const server = Bun.serve({
    port,
    hostname,
    routes: {
      '/healthz': new Response('ok\n'),
      '/readyz': () => (isReady() ? new Response('ok\n') : new Response('not ready\n', { status: 503 })),
      '/metrics': async () =>
        new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } }),
    },
    fetch: () => new Response('Not found\n', { status: 404 }),
  })
  return { port: server.port ?? port, stop: () => server.stop(true) }
}
