import { createServer } from 'node:net'
import getPort from 'get-port'

const LOOPBACK = '127.0.0.1'

/** A free TCP port on 127.0.0.1. Within one process the same port is not returned twice in a row. */
export function freePort(): Promise<number> {
  return getPort({ host: LOOPBACK })
}

/** Whether a server could listen on `port` of `host` right now. (get-port would count ports it has just returned as taken.) */
export function isPortFree(port: number, host = LOOPBACK): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
