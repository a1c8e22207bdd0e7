import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/**
 * Options for postgres.js with which every socket that it opens to `url` is at hand, in the order of opening.
 */
export function recordSockets(url: string, onOpen: (socket: Socket) => void = () => undefined) {
  const { hostname, port } = new URL(url)
  const sockets: Socket[] = []
  const socket = async () => {
    const opened = connect(Number(port), hostname)
    await once(opened, 'connect')
    sockets.push(opened)
    onOpen(opened)
    return opened
  }
  return { sockets, options: { socket, max: 1, backoff: () => 0, onnotice: () => undefined } }
}
