import type { Page } from '@playwright/test'

/** A device with a screen lock that holds passkeys, in Chromium. */
export interface VirtualAuthenticator {
  /** Whether the device has checked the person's fingerprint, face or PIN. */
  verifies: (isVerified: boolean) => Promise<void>
  remove: () => Promise<void>
}

/** Adds a device to the browser of a page. Without `hasUserVerification` it has no screen lock. */
export async function addVirtualAuthenticator(
  page: Page,
  { hasUserVerification = true } = {},
): Promise<VirtualAuthenticator> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification,
      isUserVerified: hasUserVerification,
      automaticPresenceSimulation: true,
    },
  })
  return {
    verifies: (isUserVerified) =>
      cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }).then(() => undefined),
    remove: () => cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }).then(() => undefined),
  }
}
