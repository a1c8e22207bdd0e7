import { connect, createServer, type Server, type Socket } from 'node:net'

/** Request types of Kafka's protocol, by their api key. */
export const kafkaRequests = {
  Produce: 0,
  Fetch: 1,
  ListOffsets: 2,
  Metadata: 3,
  OffsetCommit: 8,
  OffsetFetch: 9,
  FindCoordinator: 10,
  JoinGroup: 11,
  Heartbeat: 12,
  SyncGroup: 14,
  ApiVersions: 18,
} as const

export type KafkaRequest = keyof typeof kafkaRequests

const LENGTH_BYTES = 4

/**
 * A proxy before a broker on 127.0.0.1 that stops forwarding exactly when a request of some type arrives, as
 * a broker does that is stopped in that instant. Responses name the proxy's port in place of the broker's, so
 * that clients stay behind the proxy.
 */
export class StallingProxy {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  /** Connections that forward nothing any more and stay open. */
  readonly #dead = new Set<Socket>()
  readonly #broker: number
  #port = 0
  #rejected = 0
  #armed: { apiKey: number; skip: number; reached: () => void } | null = null
  /** What was held back, in order; null while nothing is. */
  #held: (() => void)[] | null = null

  private constructor(broker: number) {
    this.#broker = broker
    this.#server = createServer((client) => this.#accept(client))
  }

  static async start(brokers: string): Promise<StallingProxy> {
    const proxy = new StallingProxy(Number(brokers.split(':').at(-1)))
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    const address = proxy.#server.address()
    if (address === null || typeof address === 'string') throw new Error('The proxy has no port')
    proxy.#port = address.port
    return proxy
  }

  get brokers(): readonly string[] {
    return [`127.0.0.1:${this.#port}`]
  }

  /** Stalls at the next request of this type, after letting `skip` of them pass, and resolves then. */
  stallAt(request: KafkaRequest, skip = 0): Promise<void> {
    return new Promise((reached) => {
      this.#armed = { apiKey: kafkaRequests[request], skip, reached }
    })
  }

  /** Forwards again, and delivers what was held back. */
  resume(): void {
    const held = this.#held ?? []
    this.#held = null
    for (const forward of held) forward()
  }

  /** Forwards again on new connections only; the others stay open and silent. */
  abandon(): void {
    this.#held = null
    for (const socket of this.#sockets) this.#dead.add(socket)
  }

  /** Resets every connection, and the next `rejected` ones, as while a broker restarts. */
  reset(rejected = 0): void {
    this.#rejected = rejected
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #accept(client: Socket): void {
    if (this.#rejected > 0) {
      this.#rejected--
      client.resetAndDestroy()
      return
    }
    const broker = connect({ host: '127.0.0.1', port: this.#broker })
    const pair = [client, broker]
    const end = () => {
      for (const socket of pair) {
        this.#sockets.delete(socket)
        socket.destroy()
      }
    }
    for (const socket of pair) {
      this.#sockets.add(socket)
      socket.on('error', end).on('close', end)
    }
    forwardFrames(client, (frame) => {
      if (this.#armed?.apiKey === frame.readInt16BE(LENGTH_BYTES) && this.#armed.skip-- === 0) {
        this.#held = []
        this.#armed.reached()
        this.#armed = null
      }
      this.#forward(broker, frame)
    })
    forwardFrames(broker, (frame) => this.#forward(client, this.#renamed(frame)))
  }

  #forward(target: Socket, frame: Buffer): void {
    if (this.#dead.has(target)) return
    if (this.#held) this.#held.push(() => this.#forward(target, frame))
    else if (!target.destroyed) target.write(frame)
  }

  #renamed(frame: Buffer): Buffer {
    const address = (port: number) => {
      const bytes = Buffer.alloc(13, '127.0.0.1')
      bytes.writeInt32BE(port, 9)
      return bytes
    }
    const at = frame.indexOf(address(this.#broker))
    if (at >= 0) address(this.#port).copy(frame, at)
    return frame
  }
}

/** Passes on whole frames: requests or responses with their length. */
function forwardFrames(socket: Socket, onFrame: (frame: Buffer) => void): void {
  let bytes = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    for (;;) {
      const end = bytes.length < LENGTH_BYTES ? Number.POSITIVE_INFINITY : LENGTH_BYTES + bytes.readInt32BE()
      if (bytes.length < end) return
      onFrame(Buffer.from(bytes.subarray(0, end)))
      bytes = bytes.subarray(end)
    }
  })
}
