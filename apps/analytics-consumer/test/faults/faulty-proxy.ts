import { connect, createServer, type Server, type Socket } from 'node:net'
import { pause } from '@eungmo/db/timing/pause'

/** The two sockets of one proxied connection. */
interface Pair {
  client: Socket
  upstream: Socket
}

/** A TCP proxy that breaks connections as networks do. */
export class FaultyProxy {
  readonly #server: Server
  readonly #pairs = new Set<Pair>()
  /** Half-open sockets, closed when the proxy stops. */
  readonly #abandoned: Socket[] = []
  #port = 0

  constructor(target: () => { host: string; port: number }) {
    this.#server = createServer((client) => {
      const upstream = connect(target())
      const pair = { client, upstream }
      this.#pairs.add(pair)
      client.setNoDelay(true)
      upstream.setNoDelay(true)
      client.pipe(upstream)
      upstream.pipe(client)
      const end = () => {
        this.#pairs.delete(pair)
        client.destroy()
        upstream.destroy()
      }
      for (const socket of [client, upstream]) {
        socket.on('error', end)
        socket.on('close', end)
      }
    })
  }

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('The proxy has no port')
    this.#port = address.port
    return this.#port
  }

  get connections(): number {
    return this.#pairs.size
  }

  /**
   * Drops every response for `ms`, then ends the connections. Requests still take effect, but the client does
   * not know.
   */
  async dropResponses(ms: number): Promise<void> {
    const pairs = [...this.#pairs]
    for (const { client, upstream } of pairs) {
      upstream.unpipe(client)
      upstream.resume()
    }
    await pause(ms)
    for (const { client, upstream } of pairs) {
      client.destroy()
      upstream.destroy()
    }
  }

  /** Leaves both sockets of every connection open, and forwards nothing any more. */
  halfOpen(): void {
    for (const pair of [...this.#pairs]) {
      const { client, upstream } = pair
      this.#pairs.delete(pair)
      for (const socket of [client, upstream]) {
        socket.unpipe()
        socket.removeAllListeners('close')
        socket.pause()
        this.#abandoned.push(socket)
      }
    }
  }

  /** Resets every connection, whatever it is carrying. */
  reset(): void {
    for (const { client, upstream } of [...this.#pairs]) {
      client.resetAndDestroy()
      upstream.resetAndDestroy()
    }
  }

  async stop(): Promise<void> {
    for (const { client, upstream } of this.#pairs) {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of this.#abandoned) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
