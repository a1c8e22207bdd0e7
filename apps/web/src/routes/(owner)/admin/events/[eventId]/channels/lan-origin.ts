import { existsSync } from 'node:fs'
import { type NetworkInterfaceInfo, networkInterfaces, release } from 'node:os'

const local = new Set(['localhost', '127.0.0.1', '[::1]', '0.0.0.0'])

/** Interfaces of containers, virtual machines and VPNs: no phone reaches their addresses. */
const VIRTUAL =
  /^(docker|br-|veth|vethernet|virbr|vmnet|vboxnet|utun|tun|tap|wg|tailscale|zt|cni|flannel|cali|podman)/i

/** Whether an address is that of this machine, which no phone reaches. */
export const isLocal = (publicUrl: string): boolean => local.has(new URL(publicUrl).hostname)

type Interfaces = Record<string, NetworkInterfaceInfo[] | undefined>

/**
 * The origin at which phones in the local network reach a service whose public address is that of this
 * machine only. Null if the address is public, the machine has no address in a local network, or it is a
 * container or WSL, whose addresses only their host reaches.
 */
export function lanOrigin(
  publicUrl: string,
  interfaces: Interfaces = networkInterfaces(),
  isolated: boolean = isIsolated(),
): string | null {
  const url = new URL(publicUrl)
  if (!isLocal(publicUrl) || isolated) return null
  const addresses = Object.entries(interfaces)
    .filter(([name]) => !VIRTUAL.test(name))
    .flatMap(([, each]) => each ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && isPrivate(address))
    .map(({ address }) => address)
  // Routers of shops and homes assign 192.168; the other ranges are those of companies and containers.
  const found = addresses.find((address) => address.startsWith('192.168.')) ?? addresses[0]
  if (!found) return null
  url.hostname = found
  return url.origin
}

function isIsolated(): boolean {
  return existsSync('/.dockerenv') || existsSync('/run/.containerenv') || /microsoft/i.test(release())
}

/** A private address (RFC 1918), as a shop's router assigns them. */
function isPrivate(address: string): boolean {
  const [a = 0, b = 0] = address.split('.').map(Number)
  return a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168)
}
