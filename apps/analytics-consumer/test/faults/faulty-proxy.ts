import { connect, createServer, type Server, type Socket } from 'node:net'

interface Pair {
  client: Socket
  upstream: Socket
}

/** A TCP proxy that breaks connections in the ways that networks do. */
export class FaultyProxy {
  readonly #server: Server
  readonly #pairs = new Set<Pair>()
  /** Half-open sockets that nobody will ever close. */
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
   * From now on answers get lost; after a moment the connections end. What was asked takes effect, unseen.
   */
  async dropResponses(ms: number): Promise<void> {
    const pairs = [...this.#pairs]
    for (const { client, upstream } of pairs) {
      upstream.unpipe(client)
      upstream.resume()
    }
    await new Promise((resolve) => setTimeout(resolve, ms))
    for (const { client, upstream } of pairs) {
      client.destroy()
      upstream.destroy()
    }
  }

  /** Both sides keep their sockets open, and nothing goes through any more. */
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

  /** Connections end with a reset, in the middle of whatever they carry. */
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
