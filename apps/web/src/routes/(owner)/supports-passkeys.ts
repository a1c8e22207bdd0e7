import { browserSupportsWebAuthn } from '@simplewebauthn/browser'

/** Whether this browser can use passkeys on this page: they are bound to a host's name, never to an IP address. */
export const supportsPasskeys = (): boolean =>
  browserSupportsWebAuthn() && !/^\[|^[\d.]+$/.test(location.hostname)
