import { BlockList, isIP } from 'node:net'

/** Whether an address is a proxy of ours. */
export type IsTrustedProxy = (address: string) => boolean

/** @param networks CIDRs as packages/config reads them from TRUSTED_PROXIES */
export function trustedProxies(networks: readonly string[]): IsTrustedProxy {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix] = network.split('/')
    list.addSubnet(address, Number(prefix), familyOf(address))
  }
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address))
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/**
 * The visitor's address: X-Forwarded-For is read from the right, starting at the connection, for as long as
 * the address before is a proxy of ours. Everything left of the first other address is the visitor's own
 * claim.
 */
export function clientAddress(headers: Headers, connection: string, isTrusted: IsTrustedProxy): string {
  const entries = (headers.get('x-forwarded-for') ?? '').split(',')
  let address = plainAddress(connection)
  while (isTrusted(address)) {
    const before = plainAddress(entries.pop() ?? '')
    if (isIP(before) === 0) break
    address = before
  }
  return address
}

/**
 * Whether X-Forwarded-For came from a connection that is no proxy of ours, so that it was ignored. Behind a
 * proxy that TRUSTED_PROXIES does not list, all visitors then share the proxy's address.
 */
export const isForwardingIgnored = (
  headers: Headers,
  connection: string,
  isTrusted: IsTrustedProxy,
): boolean => headers.has('x-forwarded-for') && !isTrusted(plainAddress(connection))

/** Without brackets and port, which some proxies add, and IPv4 in its own form. */
function plainAddress(entry: string): string {
  const text = entry.trim()
  const bare = /^\[([^\]]+)\](:\d+)?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, '$1')
  return bare.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
}

export interface PublicAddress {
  /** The origin in PUBLIC_URL; null where it is unset. */
  publicOrigin: string | null
  isTrusted: IsTrustedProxy
}

/**
 * The address that the visitor used: under PUBLIC_URL, whatever the Host. Where that is unset, a proxy of ours
 * reports the origin; any other claim is ignored. Returns `url` itself where it is that address.
 */
export function visibleUrl(
  url: URL,
  headers: Headers,
  connection: string,
  { publicOrigin, isTrusted }: PublicAddress,
): URL {
  const origin = publicOrigin ?? (isTrusted(plainAddress(connection)) ? forwardedOrigin(headers, url) : null)
  return origin === null || origin === url.origin ? url : new URL(`${origin}${url.pathname}${url.search}`)
}

/** The request under another address; without its body where that was read. Costs a copy of the request. */
export function requestAt(url: URL, request: Request): Request {
  if (request.url === url.href) return request
  if (!request.bodyUsed) return new Request(url, request)
  const { method, headers, signal } = request
  return new Request(url, { method, headers, signal })
}

/** What proxies in a row report: each appends its own, the first is the visitor's side. */
function forwardedOrigin(headers: Headers, url: URL): string | null {
  const first = (name: string) => headers.get(name)?.split(',')[0]?.trim()
  const protocol = first('x-forwarded-proto')?.toLowerCase() === 'https' ? 'https:' : url.protocol
  const reported = `${protocol}//${first('x-forwarded-host') || url.host}`
  return URL.canParse(reported) ? new URL(reported).origin : null
}
