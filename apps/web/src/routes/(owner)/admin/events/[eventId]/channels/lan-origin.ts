import { networkInterfaces } from 'node:os'

const local = new Set(['localhost', '127.0.0.1', '[::1]', '0.0.0.0'])

/**
 * The origin at which phones in the local network reach a service whose public address is that of this
 * machine only. Null if the address is public, or the machine has no address in a local network.
 */
export function lanOrigin(publicUrl: string): string | null {
  const url = new URL(publicUrl)
  if (!local.has(url.hostname)) return null
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const found = addresses.find(
    ({ family, internal, address }) => family === 'IPv4' && !internal && isPrivate(address),
  )
  if (!found) return null
  url.hostname = found.address
  return url.origin
}

/** A private address (RFC 1918), as a shop's router assigns them. */
function isPrivate(address: string): boolean {
  const [a = 0, b = 0] = address.split('.').map(Number)
  return a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168)
}
