import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'

const ANY_ADDRESS = ['0.0.0.0', '::']

/** The addresses for a browser: this machine's own first, then those for other devices on the same network. */
export function addresses(
  host: string,
  port: number,
  interfaces: Record<string, NetworkInterfaceInfo[] | undefined> = networkInterfaces(),
): string[] {
  if (!ANY_ADDRESS.includes(host)) {
    const name = ['127.0.0.1', '::1'].includes(host) ? 'localhost' : host
    return [`http://${name.includes(':') ? `[${name}]` : name}:${port}`]
  }
  const others = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => `http://${address}:${port}`)
  return [`http://localhost:${port}`, ...others]
}
