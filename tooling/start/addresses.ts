import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'

const EVERYWHERE = ['0.0.0.0', '::']

/** Where a browser finds the product: on this machine first, then from others of the same network. */
export function addresses(
  host: string,
  port: number,
  interfaces: Record<string, NetworkInterfaceInfo[] | undefined> = networkInterfaces(),
): string[] {
  if (!EVERYWHERE.includes(host)) {
    const name = ['127.0.0.1', '::1'].includes(host) ? 'localhost' : host
    return [`http://${name.includes(':') ? `[${name}]` : name}:${port}`]
  }
  const others = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => `http://${address}:${port}`)
  return [`http://localhost:${port}`, ...others]
}
