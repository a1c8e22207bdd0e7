import { connect } from 'node:net'

/** ApiVersions (key 18) version 0, correlation id 1, no client id: the request that brokers of every version support. */
const REQUEST = Buffer.from('0000000a 0012 0000 00000001 ffff'.replaceAll(' ', ''), 'hex')
const ERROR_CODE_OFFSET = 8
const RESPONSE_TIMEOUT_MS = 2_000

/**
 * Whether a Kafka broker serves requests on `port` of 127.0.0.1 (Kafka protocol guide, "Retrieving supported API
 * versions"). Accepting connections is not enough: a broker that is still starting does so too.
 */
export function isServing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let response = Buffer.alloc(0)
    const finish = (serving: boolean) => {
      socket.destroy()
      resolve(serving)
    }
    socket.setTimeout(RESPONSE_TIMEOUT_MS, () => finish(false))
    socket.once('error', () => finish(false))
    socket.once('close', () => finish(false))
    socket.once('connect', () => socket.write(REQUEST))
    socket.on('data', (chunk: Buffer) => {
      response = Buffer.concat([response, chunk])
      if (response.length >= ERROR_CODE_OFFSET + 2) finish(response.readInt16BE(ERROR_CODE_OFFSET) === 0)
    })
  })
}
