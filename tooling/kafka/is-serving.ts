import { connect } from 'node:net'

/** ApiVersions (key 18) version 0, correlation id 1, no client id: the one request that every broker answers. */
const REQUEST = Buffer.from('0000000a 0012 0000 00000001 ffff'.replaceAll(' ', ''), 'hex')
const ERROR_CODE_AT = 8
const RESPONSE_TIMEOUT_MS = 2_000

/**
 * Whether a Kafka broker answers requests on `port` of 127.0.0.1 (Kafka protocol guide, "Retrieving supported API
 * versions"). A port that merely accepts connections is not enough: one starting up does too.
 */
export function isServing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let answer = Buffer.alloc(0)
    const finish = (serving: boolean) => {
      socket.destroy()
      resolve(serving)
    }
    socket.setTimeout(RESPONSE_TIMEOUT_MS, () => finish(false))
    socket.once('error', () => finish(false))
    socket.once('close', () => finish(false))
    socket.once('connect', () => socket.write(REQUEST))
    socket.on('data', (chunk: Buffer) => {
      answer = Buffer.concat([answer, chunk])
      if (answer.length >= ERROR_CODE_AT + 2) finish(answer.readInt16BE(ERROR_CODE_AT) === 0)
    })
  })
}
